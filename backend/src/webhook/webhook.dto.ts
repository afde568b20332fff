import { applyDecorators } from "@nestjs/common";
import { ApiProperty } from "@nestjs/swagger";
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
} from "class-validator";
import { eventNames } from "../chain/event-names.ts";
import {
  ChoiceField,
  FlagField,
  IntegerField,
  TextField,
  TimeField,
  type FieldOptions,
} from "../http/fields.ts";
import { PageQuery } from "../http/paging.ts";
import { deliveryStates, type DeliveryState } from "./webhook.entity.ts";

function EventsField(options: Pick<FieldOptions, "nullable" | "optional">): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: [String],
      required: options.optional !== true,
      ...(options.nullable && { nullable: true }),
      example: ["DrawnDown", "DeliveryAccepted"],
      description: "names of events, as in `GET /events`; left out, all of them",
    }),
    ...(options.optional ? [IsOptional()] : []),
    IsArray({ message: "must be a list" }),
    ArrayMinSize(1, { message: "must not be empty" }),
    ArrayMaxSize(100, { message: "must not have more than 100 members" }),
    ArrayUnique({ message: "must not name an event twice" }),
    IsIn(eventNames, { each: true, message: "must be names of events" }),
  );
}

export class NewWebhookDto {
  @TextField({ max: 500, example: "https://erp.example.com/sheaf" })
  url!: string;

  @TextField({ max: 200, optional: true })
  description?: string;

  @EventsField({ optional: true })
  events?: string[];
}

export class ChangedWebhookDto extends NewWebhookDto {
  @FlagField({ description: "whether anything is sent; enabled again, it goes on where it was" })
  enabled!: boolean;
}

export class WebhookDto {
  @TextField()
  id!: string;

  @TextField({ max: 500 })
  url!: string;

  @TextField({ nullable: true })
  description!: string | null;

  @EventsField({ nullable: true })
  events!: readonly string[] | null;

  @FlagField()
  enabled!: boolean;

  @TextField({ nullable: true, description: "why it was disabled, where nobody asked for that" })
  disabledBecause!: string | null;

  @TextField({ description: "the last event that it was sent or did not ask for", example: "42-3" })
  position!: string;

  @IntegerField({ description: "attempts that have failed since the last that succeeded" })
  failures!: number;

  @TimeField({ nullable: true, description: "nothing is sent before, because it seems to be down" })
  pausedUntil!: string | null;

  @TimeField()
  createdAt!: string;
}

export class WebhookWithSecretDto extends WebhookDto {
  @TextField({
    description: "signs what is sent; told to whoever makes it, and no more",
    example: "whsec_…",
  })
  secret!: string;
}

export class WebhookDeliveryDto {
  @TextField({ description: "the event's id, as in `GET /events`", example: "42-3" })
  event!: string;

  @TextField({ example: "DrawnDown" })
  name!: string;

  @ChoiceField(deliveryStates, { name: "WebhookDeliveryState" })
  state!: DeliveryState;

  @IntegerField()
  attempts!: number;

  @IntegerField({ nullable: true, description: "HTTP status of the last answer" })
  status!: number | null;

  @TextField({ nullable: true, description: "why the last attempt failed" })
  fault!: string | null;

  @TimeField({ nullable: true, description: "when it will be tried next" })
  dueAt!: string | null;

  @TimeField({ nullable: true, description: "when it was tried last" })
  attemptedAt!: string | null;
}

export class WebhookDeliveryQuery extends PageQuery {
  @ApiProperty({
    required: false,
    enum: deliveryStates,
    enumName: "WebhookDeliveryState",
    description: "`Dead` lists what was given up",
  })
  @IsOptional()
  @IsIn(deliveryStates, { message: `must be one of ${deliveryStates.join(", ")}` })
  state?: DeliveryState;
}

/** What to send again: exactly one of these. */
export class ReplayDto {
  @TextField({ optional: true, description: "one event, by its id", example: "42-3" })
  event?: string;

  @TimeField({ optional: true, description: "all events from this time on" })
  since?: string;

  @FlagField({ optional: true, description: "true: all that were given up" })
  dead?: boolean;
}

export class ReplayedDto {
  @IntegerField({
    nullable: true,
    description: "events that will be sent again; null where that is not counted (`since`)",
  })
  events!: number | null;
}

export class WebhookTestDto {
  @FlagField({ description: "whether it answered with 2xx" })
  succeeded!: boolean;

  @IntegerField({ nullable: true })
  status!: number | null;

  @TextField({ nullable: true })
  fault!: string | null;
}
