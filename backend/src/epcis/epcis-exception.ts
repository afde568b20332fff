/** Names of the REST binding's exceptions, for the refusals that this interface gives. */
const byCode: Readonly<Record<string, string>> = {
  EpcisValidation: "ValidationException",
  EpcisQueryParameter: "QueryParameterException",
  EpcisQueryTooLarge: "QueryTooLargeException",
  EpcisCaptureLimit: "CaptureLimitExceededException",
  EventIdTaken: "ResourceAlreadyExistsException",
};

const byStatus: Readonly<Record<number, string>> = {
  400: "ValidationException",
  401: "SecurityException",
  403: "SecurityException",
  404: "NoSuchResourceException",
  406: "NotAcceptableException",
  409: "ResourceAlreadyExistsException",
  413: "CaptureLimitExceededException",
  414: "URITooLongException",
  415: "UnsupportedMediaTypeException",
};

/** The binding's name for a refusal; what it has no name for is our fault, or nearly. */
export function exceptionOf(code: string, status: number): string {
  return byCode[code] ?? byStatus[status] ?? "ImplementationException";
}
