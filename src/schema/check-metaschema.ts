import { SchemaError, type Position } from "../errors.js";
import { pluginEntityFields } from "../kong/plugin-entity.js";
import { releaseOf } from "../kong/release.js";
import type { TypedefValue } from "../kong/typedefs/index.js";
import { LuaOpaque, LuaTable, type LuaArgument, type LuaFunctions, type LuaValue } from "../lua/value.js";
import { Table, fromJson, tableFromLua } from "./engine/data.js";
import type { Data } from "./engine/data.js";
import { draft04, draft04Metaschema } from "./engine/draft-04.js";
import { addEntityError } from "./engine/entity-checks.js";
import { entitiesById } from "./engine/foreign.js";
import { Host } from "./engine/host.js";
import { jsonSchemaError } from "./engine/json-schema.js";
import { Work } from "./engine/work.js";
import { LuaRaise, Undecidable, display, index } from "./engine/lua.js";
import { messages } from "./engine/messages.js";
import { rulesOf } from "./engine/rules.js";
import { validateAgainstItself, validateRecord } from "./engine/validate.js";
import { positionOfError } from "./error-position.js";
import { errorTreeOf, schemaViolation } from "./format-errors.js";
import type { ErrorTree } from "./format-errors.js";
import { checkFields } from "./metaschema-fields.js";
import type { Places } from "./metaschema-fields.js";
import { jsonSchemaFunction, metaFieldOf, metaschemaOf } from "./metaschema.js";
import type { Edition } from "./model.js";
import { findDefaults } from "./plain-schema.js";
import { requireRecords, typedefData } from "./plugin-definition.js";

/** Why Kong does not load a schema. */
export interface MetaschemaProblem {
  /** Kong's own words, as they stand in its log when it does not start. */
  readonly message: string;
  /** Kong's tree, which starts at the schema's table; absent where there is none. */
  readonly errorTree?: ErrorTree;
  /** The offending place, or the nearest one that is known. */
  readonly position?: Position;
}

export interface MetaschemaOptions {
  readonly gatewayVersion?: string | undefined;
  readonly edition?: Edition | undefined;
  /** The name under which Kong loads the plugin; the schema's own by default. */
  readonly pluginName?: string | undefined;
  /** The schema's functions: a default is validated by its field's own `custom_validator`. */
  readonly functions: LuaFunctions;
}

/**
 * Why Kong refuses what a schema's source returned, undefined where it loads it: `load_subschema` of kong/db/schema/plugin_loader.lua, 3.9.1.
 * What hangs on a module that is not visible passes.
 */
export function checkMetaschema(root: LuaTable, options: MetaschemaOptions): MetaschemaProblem | undefined {
  const functions = new RememberedCalls(options.functions);
  if (isPlainlyRight(root, { ...options, functions })) return specialisationProblem(root, options);
  functions.rewind();
  return judgeByEngine(root, { ...options, functions });
}

/** The same, with nothing taken for granted. */
export function judgeByEngine(root: LuaTable, options: MetaschemaOptions): MetaschemaProblem | undefined {
  return ifDecided(() => new Loading(root).metaschemaProblem(options)) ?? specialisationProblem(root, options);
}

/** Whether a schema is made of what the metaschema surely takes, and its defaults are right. */
function isPlainlyRight(root: LuaTable, { gatewayVersion, functions }: MetaschemaOptions): boolean {
  const release = releaseOf(gatewayVersion);
  const defaults = findDefaults(root, metaFieldOf(release));
  if (defaults === undefined || defaults.length === 0) return defaults !== undefined;
  const host = new Host("control_plane", rulesOf(release), functions);
  return defaults.every((field) => {
    const attributes = tableFromLua(field, new Map());
    const judged = host.attempt(() => validateAgainstItself(attributes, attributes.get("default") ?? null, host));
    return judged?.ok !== false;
  });
}

/** A function may have a memory of its own: who asks once more from the start is given the answers of the first time. */
class RememberedCalls implements LuaFunctions {
  readonly #functions: LuaFunctions;
  readonly #answers: (() => Answer)[] = [];
  #next = 0;

  constructor(functions: LuaFunctions) {
    this.#functions = functions;
  }

  rewind(): void {
    this.#next = 0;
  }

  call(id: string, args: readonly LuaArgument[]): Answer {
    const known = this.#answers[this.#next++];
    if (known !== undefined) return known();
    try {
      const answer = this.#functions.call(id, args);
      this.#answers.push(() => answer);
      return answer;
    } catch (error) {
      if (error instanceof SchemaError) {
        this.#answers.push(() => {
          throw error;
        });
      }
      throw error;
    }
  }
}

type Answer = ReturnType<LuaFunctions["call"]>;

/** What hangs on a name or key that is not visible passes. */
function ifDecided<Problem>(find: () => Problem): Problem | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof Undecidable) return undefined;
    throw error;
  }
}

/**
 * Why a data plane refuses a schema that a control plane loads: it loads every schema a second time, when records in records are already
 * marked as required, and can find a default wrong then that passed before.
 */
export function checkSecondLoad(root: LuaTable, options: MetaschemaOptions): MetaschemaProblem | undefined {
  if (!hasRecordInDefault(root, false)) return undefined;
  const loading = new Loading(root);
  return requireRecords(loading.definition) ? ifDecided(() => loading.metaschemaProblem(options)) : undefined;
}

/** Whether a record that has a default may hold another one. */
function hasRecordInDefault(body: LuaTable, isInDefault: boolean): boolean {
  const fields = body.get("fields");
  const items = fields instanceof LuaTable ? fields.entries : [];
  return items.some(
    ({ value: item }) =>
      item instanceof LuaTable &&
      item.entries.some(({ value: field }) => {
        if (!(field instanceof LuaTable) || field.get("type") !== "record") return false;
        return isInDefault || hasRecordInDefault(field, field.get("default") instanceof LuaTable);
      }),
  );
}

class Loading {
  readonly #root: LuaTable;
  readonly definition: Table;
  /** The source's table that each table of the definition was made from. */
  readonly #origins: ReadonlyMap<Table, LuaTable>;

  constructor(root: LuaTable) {
    const made = new Map<LuaTable, Table>();
    this.#root = root;
    this.definition = tableFromLua(root, made);
    this.#origins = new Map(Array.from(made, ([source, table]) => [table, source]));
  }

  metaschemaProblem({ gatewayVersion, functions }: MetaschemaOptions): MetaschemaProblem | undefined {
    const release = releaseOf(gatewayVersion);
    const host = new Host("control_plane", rulesOf(release), withJsonSchemas(functions));
    try {
      const errors = validateRecord(metaschemaOf(release), this.definition, undefined, host);
      const places = checkSchema(this.definition, errors, host);
      if (errors.isEmpty) return undefined;
      const errorTree = errorTreeOf(errors);
      const position = positionOfError({ root: this.#root, errors, places, origins: this.#origins });
      return at(position, { message: schemaViolation(errorTree), errorTree });
    } catch (error) {
      if (!(error instanceof LuaRaise)) throw error;
      return at(this.#root.position, { message: error.message });
    }
  }
}

/** `Schema.new_subschema`: a plugin may specialise the fields of the plugins entity, and add none. */
function specialisationProblem(root: LuaTable, options: MetaschemaOptions): MetaschemaProblem | undefined {
  return ifDecided(() => {
    const fields = namedFields(root);
    for (const { item, field } of fields) {
      const reference = field.get("reference");
      if (field.get("type") !== "foreign" || isEntity(reference)) continue;
      return initialisingError(root, item, `schema refers to an invalid foreign entity: ${shown(reference)}`);
    }
    const entity = new Map<LuaValue, TypedefValue>(pluginEntityFields(options).map(({ name, field }) => [name, field]));
    for (const { item, name, field } of fields) {
      const complaint = specialisationComplaint(entity.get(name), field);
      if (complaint === undefined) continue;
      const ownName = root.get("name");
      const plugin = options.pluginName ?? (ownName instanceof LuaOpaque ? ownName.path : shown(ownName));
      return initialisingError(root, item, `error in definition of '${plugin}': ${shown(name)}: ${complaint}`);
    }
    return undefined;
  });
}

function initialisingError(root: LuaTable, item: LuaTable, error: string): MetaschemaProblem {
  const position = item.entries[0]?.position ?? item.position ?? root.position;
  return at(position, { message: `error initializing schema for plugin: ${error}` });
}

/** Whether Kong knows an entity of this name; one that is not visible may be. */
function isEntity(reference: LuaValue | undefined): boolean {
  return reference instanceof LuaOpaque || (!(reference instanceof LuaTable) && entitiesById.has(reference));
}

/** Adds the metaschema's own function, which judges a JSON schema in a field's definition. */
function withJsonSchemas(functions: LuaFunctions): LuaFunctions {
  return {
    call(id, args) {
      if (id !== jsonSchemaFunction.id) return functions.call(id, args);
      const error = jsonSchemaProblem(args[0]);
      return { outcome: "returned", values: error === undefined ? [true] : [undefined, error], argumentsAfter: [] };
    },
  };
}

/** `validate_schema` of kong/db/schema/json.lua */
function jsonSchemaProblem(schema: LuaArgument): string | undefined {
  const data = schema === undefined ? undefined : fromJson(schema);
  if (!(data instanceof Table)) return "schema must be a table";
  const dialect = data.get("$schema");
  if (typeof dialect === "string" && dialect !== draft04 && `${dialect}#` !== draft04) {
    return `unsupported document $schema: '${dialect}', expected: ${draft04}`;
  }
  return jsonSchemaError(draft04Metaschema, data, new Work());
}

/** `run_self_check`, with `check_fields` as the check. Gives the definitions whose errors stand under their bare name. */
function checkSchema(definition: Table, errors: Table, host: Host): Places {
  const missing = ["name", "fields"].filter((name) => definition.get(name) === undefined);
  for (const name of missing) errors.set(name, messages.requiredForEntityCheck);
  if (missing.length > 0) return new Map();
  const found = new Table();
  const places = checkFields(definition, found, host);
  for (const [key, error] of found.entries()) {
    if (typeof key === "number") addEntityError(errors, error);
    else errors.set(key, error);
  }
  return places;
}

function specialisationComplaint(general: TypedefValue | undefined, field: LuaTable): string | undefined {
  if (general === undefined) return "cannot create a new field";
  return isSameType(typedefData(general), field) ? undefined : "cannot change type in a specialized field";
}

interface NamedField {
  /** The entry of `fields`. */
  readonly item: LuaTable;
  readonly name: LuaValue;
  readonly field: LuaTable;
}

/** The fields that are visible. */
function namedFields(root: LuaTable): readonly NamedField[] {
  const fields = root.get("fields");
  if (!(fields instanceof LuaTable)) return [];
  return fields.entries.flatMap(({ key, value: item }, index) => {
    const [entry] = key === index + 1 && item instanceof LuaTable ? item.entries : [];
    if (!(item instanceof LuaTable) || !(entry?.value instanceof LuaTable)) return [];
    return [{ item, name: entry.key, field: entry.value }];
  });
}

/** `compatible_fields` */
function isSameType(general: Data, field: LuaTable): boolean {
  const type = index(general, "type");
  if (type === "record" && field.get("type") === "json") return true;
  if (type !== field.get("type")) return false;
  const nested = type === "map" ? ["keys", "values"] : type === "array" || type === "set" ? ["elements"] : [];
  return nested.every((name) => index(index(general, name), "type") === typeOf(field.get(name)));
}

function typeOf(definition: LuaValue | undefined): LuaValue | Data | undefined {
  return definition instanceof LuaTable ? definition.get("type") : index(definition, "type");
}

function shown(value: LuaValue | undefined): string {
  return display(value instanceof LuaTable ? new Table() : value);
}

function at(position: Position | undefined, problem: MetaschemaProblem): MetaschemaProblem {
  return position === undefined ? problem : { ...problem, position };
}
