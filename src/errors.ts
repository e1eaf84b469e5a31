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

/** Why a source was not read as a schema. docs/errors.md says of each what it means and what to do. */
export type SchemaErrorCode =
  | "source-empty"
  | "source-not-text"
  | "lua-syntax"
  | "lua-not-luajit"
  | "lua-runtime"
  | "limit-source-size"
  | "limit-source-depth"
  | "limit-instructions"
  | "limit-memory"
  | "limit-string"
  | "limit-recursion"
  | "limit-table"
  | "limit-data-depth"
  | "limit-data-size"
  | "limit-deadline"
  | "data-cyclic"
  | "schema-not-a-table"
  | "schema-legacy"
  | "schema-refused"
  | "option-invalid";

/** Thrown when a source cannot be read as a schema, or a schema's own function cannot be run within its bounds. */
export class SchemaError extends AdvisorError {
  readonly code: SchemaErrorCode;
  /** For `schema-refused`: Kong's tree of errors, as its metaschema gives it. */
  readonly errorTree: unknown;

  constructor(
    code: SchemaErrorCode,
    message: string,
    { position, nextStep, errorTree }: { position?: Position | undefined; nextStep?: string; errorTree?: unknown } = {},
  ) {
    super(message, position, nextStep);
    this.code = code;
    this.errorTree = errorTree;
  }
}

/** Why a configuration was not filled in. */
export type ConfigErrorCode = "config-refused" | "config-unknown";

/** Thrown when a configuration cannot be filled in. */
export class ConfigError extends AdvisorError {
  readonly code: ConfigErrorCode;
  /** For `config-refused`: Kong's tree of errors. */
  readonly errors: unknown;
  /** For `config-unknown`: what would have to be known. */
  readonly missing: readonly string[];

  constructor(
    code: ConfigErrorCode,
    message: string,
    { errors, missing = [] }: { errors?: unknown; missing?: readonly string[] } = {},
  ) {
    super(message);
    this.code = code;
    this.errors = errors;
    this.missing = missing;
  }
}
