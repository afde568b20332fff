import {
  ApiAcceptedResponse,
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
} from "@nestjs/swagger";

// The answers of the interface, as the OpenAPI document describes them. What an event holds is the standard's to say.

const text = { type: "string" };
const time = { type: "string", format: "date-time" };
const event = {
  type: "object",
  required: ["type", "eventTime", "eventTimeZoneOffset", "eventID"],
  properties: { type: text, eventTime: text, eventTimeZoneOffset: text, eventID: text },
  additionalProperties: true,
};

const context = { type: "array", items: {} };

const queryDocument = {
  type: "object",
  required: ["@context", "type", "schemaVersion", "creationDate", "epcisBody"],
  properties: {
    "@context": context,
    type: { type: "string", enum: ["EPCISQueryDocument"] },
    schemaVersion: text,
    creationDate: text,
    epcisBody: {
      type: "object",
      required: ["queryResults"],
      properties: {
        queryResults: {
          type: "object",
          required: ["queryName", "resultsBody"],
          properties: {
            queryName: text,
            resultsBody: {
              type: "object",
              required: ["eventList"],
              properties: { eventList: { type: "array", items: event } },
            },
          },
        },
      },
    },
  },
};

const collection = {
  type: "object",
  required: ["@context", "type", "member"],
  properties: {
    "@context": context,
    type: { type: "string", enum: ["Collection"] },
    member: { type: "array", items: text },
  },
};

const job = {
  type: "object",
  required: ["captureID", "createdAt", "running", "success", "captureErrorBehaviour", "errors"],
  properties: {
    captureID: text,
    createdAt: text,
    finishedAt: text,
    running: { type: "boolean" },
    success: { type: "boolean" },
    captureErrorBehaviour: { type: "string", enum: ["rollback", "proceed"] },
    errors: { type: "array", items: { type: "object", additionalProperties: true } },
  },
};

/** As far as it is the same for all; the rest is in the standard. */
const documentBody = {
  type: "object",
  required: ["@context", "type", "epcisBody"],
  properties: {
    "@context": context,
    type: { type: "string", enum: ["EPCISDocument", "EPCISQueryDocument"] },
    schemaVersion: text,
    creationDate: time,
    epcisBody: { type: "object", additionalProperties: true },
  },
  additionalProperties: true,
};

const eventBody = {
  type: "object",
  required: ["@context", "type", "eventTime", "eventTimeZoneOffset"],
  properties: { "@context": context, type: text, eventTime: time, eventTimeZoneOffset: text },
  additionalProperties: true,
};

export const ApiDocumentBody = (): MethodDecorator => ApiBody({ schema: documentBody });

export const ApiEventBody = (): MethodDecorator => ApiBody({ schema: eventBody });

export const ApiEvents = (): MethodDecorator =>
  ApiOkResponse({ description: "an EPCISQueryDocument", schema: queryDocument });

export const ApiCollection = (): MethodDecorator =>
  ApiOkResponse({ description: "a Collection of names", schema: collection });

export const ApiCaptureJob = (): MethodDecorator =>
  ApiOkResponse({ description: "a capture job", schema: job });

export const ApiCaptureJobs = (): MethodDecorator =>
  ApiOkResponse({ description: "capture jobs", schema: { type: "array", items: job } });

export const ApiAccepted = (): MethodDecorator =>
  ApiAcceptedResponse({ description: "the capture job; `Location` names it", schema: job });

export const ApiCaptured = (): MethodDecorator =>
  ApiCreatedResponse({ description: "the event; `Location` names it", schema: event });

export const ApiDiscovery = (): MethodDecorator =>
  ApiNoContentResponse({ description: "its headers tell what the resource can" });
