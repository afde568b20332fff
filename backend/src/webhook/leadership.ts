/** The port to the election that gives a task to one of the processes. */
export abstract class Leadership {
  /** Whether this process is the one that does the task now. */
  abstract leads(task: string): boolean;
}

/** Where there is one process. */
export class SoleProcess extends Leadership {
  override leads(): boolean {
    return true;
  }
}
