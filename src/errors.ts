/** A place in a source file. Lines and columns start at 1; columns count UTF-16 units. */
export interface Position {
  readonly file?: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Every error that this library throws on purpose. Test `error.code`, not the class: the ESM and the
 * CJS build have different classes. The codes are listed in docs/errors.md.
 */
export abstract class AdvisorError extends Error {
  abstract readonly code: string;
  /** Where the cause stands, as far as it is known. */
  readonly position: Position | undefined;
  /** What the reader can do next, as one sentence. */
  readonly nextStep: string | undefined;

  constructor(message: string, position?: Position, nextStep?: string) {
    super(message);
    this.name = new.target.name;
    this.position = position;
    this.nextStep = nextStep;
  }
}
