import { Module } from "@nestjs/common";
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from "@nestjs/core";
import { ProblemFilter } from "./problem.filter.ts";
import "./library-problems.ts";
import { ProblemsController } from "./problems.controller.ts";
import { UndeclaredInput } from "./undeclared-input.ts";
import { InputPipe } from "./validation.ts";

@Module({
  controllers: [ProblemsController],
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_INTERCEPTOR, useClass: UndeclaredInput },
    { provide: APP_PIPE, useClass: InputPipe },
  ],
})
export class HttpModule {}
