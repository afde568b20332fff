import { Body, Controller, Get, Headers, Param, Post, Query, Res } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiQuery, ApiTags } from "@nestjs/swagger";
import type { FastifyReply } from "fastify";
import { Costs, Roles, Scoped } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { Changes, Creates } from "../command/command-route.ts";
import type { Effect } from "../command/effect.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { wantsCsv } from "../http/accept.ts";
import { sendCsv, type CsvColumns } from "../http/csv.ts";
import { ApiPage, type Page } from "../http/paging.ts";
import { AsOfParam, IdParam } from "../http/params.ts";
import { LoanDto, LoanListQuery, RepaymentBody, RepaymentDto } from "./loan.dto.ts";
import { LoanService } from "./loan.service.ts";
import { StatementDto, StatementQuery, type StatementLineDto } from "./statement.dto.ts";
import { StatementService } from "./statement.service.ts";

const loanColumns: CsvColumns<LoanDto> = [
  "root",
  "number",
  "line",
  "facility",
  "status",
  "lender",
  "lenderName",
  "borrower",
  "borrowerName",
  "currency",
  "principal",
  "interestDue",
  "due",
  "since",
  "maturityDate",
  "daysPastDue",
  "defaultedOn",
  "writtenOffOn",
  "borrowingBase",
  "available",
  "asOf",
];

const lineColumns: CsvColumns<StatementLineDto> = [
  "date",
  "loan",
  "facility",
  "openingPrincipal",
  "drawn",
  "repaid",
  "closingPrincipal",
  "rateBps",
  "interestNumerator",
  "interest",
  "interestAccrued",
  "interestPaid",
  "interestDue",
  "maturityDate",
  "inDefault",
];

@ApiTags("loans")
@ApiBearerAuth()
@Scoped("finance")
@Controller("api/v1/loans")
export class LoanController {
  constructor(
    private readonly loans: LoanService,
    private readonly statements: StatementService,
  ) {}

  /** Those that the caller owes or is owed, or whose buyer it is, by the day of their first drawdown. */
  @Get()
  @Costs(3)
  @ApiPage(LoanDto)
  @ApiProduces("application/json", "text/csv")
  async list(
    @By() by: Actor,
    @Query() query: LoanListQuery,
    @Headers("accept") accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<LoanDto> | string> {
    const page = await this.loans.list(by, query);
    return wantsCsv(accept) ? sendCsv(reply, loanColumns, page) : page;
  }

  /** The loan on an order, its root; `None` where there never was one. */
  @Get(":id")
  @ApiQuery({ name: "asOf", required: false, description: "default now" })
  @ApiOkResponse({ type: LoanDto })
  get(
    @By() by: Actor,
    @Param("id", IdParam) root: string,
    @Query("asOf", AsOfParam) asOf: number,
  ): Promise<LoanDto> {
    return this.loans.get(by, root, asOf);
  }

  /** What has happened to it, day by day; days to come as if nobody paid. */
  @Get(":id/statement")
  @Costs(10)
  @ApiOkResponse({ type: StatementDto })
  @ApiProduces("application/json", "text/csv")
  async statement(
    @By() by: Actor,
    @Param("id", IdParam) root: string,
    @Query() query: StatementQuery,
    @Headers("accept") accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StatementDto | string> {
    const statement = await this.statements.statement(by, root, query);
    return wantsCsv(accept)
      ? sendCsv(reply, lineColumns, { items: statement.lines, next: null })
      : statement;
  }

  /** Repays, interest first; what is beyond the debt is not taken. For anyone. */
  @Post(":id/repayments")
  @Creates(RepaymentDto)
  repay(
    @Intention() intent: Intent,
    @Param("id", IdParam) root: string,
    @Body() body: RepaymentBody,
  ): Promise<Effect> {
    return this.loans.repay(intent, root, body);
  }

  /** Declares default, past maturity plus grace. For the lender. */
  @Post(":id/default")
  @Roles("lender")
  @Changes(LoanDto)
  declareDefault(@Intention() intent: Intent, @Param("id", IdParam) root: string): Promise<Effect> {
    return this.loans.declareDefault(intent, root);
  }

  /** Writes a loan in default off in the lender's own books; nothing is forgiven. For the lender. */
  @Post(":id/write-off")
  @Roles("lender")
  @Changes(LoanDto)
  writeOff(@Intention() intent: Intent, @Param("id", IdParam) root: string): Promise<Effect> {
    return this.loans.writeOff(intent, root);
  }
}
