import { SchemaError, type Position } from "../errors.js";
import type { Distribution } from "../kong/distribution.js";
import { newestGatewayVersion, parseRelease, type Release } from "../kong/release.js";
import type { Hosting } from "../kong/streamed-and-cloned.js";
import type { Limits } from "../lua/limits.js";
import { readLuaFacts, type LuaFacts } from "../lua/static/facts.js";
import type { Edition, PluginSchema } from "../schema/model.js";
import { readSchema } from "../schema/read.js";

/** A cloned plugin, as the Admin API takes it. */
export interface ClonedPlugin {
  readonly name: string;
  /** The plugin that it is made from. */
  readonly ref: string;
  readonly priority?: number;
  /** Where the definition stands, for the findings. */
  readonly position?: Position;
}

export interface LintedPluginOptions {
  /** The plugin's files by their paths inside its folder, with `/`: `schema.lua`, `handler.lua`, `migrations/init.lua`. */
  readonly files: Readonly<Record<string, string>>;
  readonly distribution?: Distribution;
  readonly hosting?: Hosting;
  /** The plugins that are there besides this one, by name: the schemas uploaded to the control plane, the definitions made. */
  readonly knownPluginNames?: readonly string[];
  /** The name of the plugin's folder, or of its definition. */
  readonly pluginName?: string;
  /** How the folder is shown in the positions of findings: `kong/plugins/my-plugin`. */
  readonly folder?: string;
  /** All clones of a control plane: only with the distribution `cloned`. */
  readonly clones?: readonly ClonedPlugin[];
  /** The Gateway release of the data planes; the newest known by default. */
  readonly gatewayVersion?: string;
  readonly edition?: Edition;
  /** Lua sources by module name, as for `readSchema`; the plugin's own files are known without. */
  readonly modules?: Readonly<Record<string, string>>;
  readonly limits?: Partial<Limits>;
}

/** What the rules look at. Each file is read once, when the first rule asks for it. */
export class LintedPlugin {
  readonly files: ReadonlyMap<string, string>;
  readonly distribution: Distribution;
  readonly hosting: Hosting;
  readonly knownPluginNames: ReadonlySet<string>;
  readonly pluginName: string | undefined;
  readonly clones: readonly ClonedPlugin[];
  readonly release: Release;
  readonly #options: LintedPluginOptions;
  readonly #facts = new Map<string, LuaFacts | SchemaError>();
  #schema: PluginSchema | SchemaError | undefined;

  constructor(options: LintedPluginOptions) {
    this.#options = options;
    this.files = new Map(Object.entries(options.files));
    this.distribution = options.distribution ?? "installed";
    this.hosting = options.hosting ?? "konnect";
    this.knownPluginNames = new Set(options.knownPluginNames);
    this.pluginName = options.pluginName;
    this.clones = options.clones ?? [];
    this.release = releaseIn(options.gatewayVersion);
  }

  /** The schema; an error where there is none, or none that can be read. */
  get schema(): PluginSchema | SchemaError | undefined {
    const source = this.files.get("schema.lua");
    if (source === undefined) return undefined;
    this.#schema ??= attempt(() => readSchema(source, this.#readOptions()));
    return this.#schema;
  }

  /** The name that the schema gives to the plugin. */
  get schemaName(): string | undefined {
    const { schema } = this;
    return schema === undefined || schema instanceof SchemaError ? undefined : schema.name;
  }

  /** What a Lua file says without being run; undefined where there is no such file, or no Lua in it. */
  factsOf(file: string): LuaFacts | undefined {
    const facts = this.#read(file);
    return facts instanceof SchemaError ? undefined : facts;
  }

  /** Why a file is not Lua; undefined where it is, and where there is no such file. */
  syntaxErrorIn(file: string): SchemaError | undefined {
    const facts = this.#read(file);
    return facts instanceof SchemaError ? facts : undefined;
  }

  /** A file as findings name it. */
  shownFile(file: string): string {
    const { folder } = this.#options;
    if (folder === undefined) return file;
    return folder.endsWith("/") || folder.endsWith(":") ? `${folder}${file}` : `${folder}/${file}`;
  }

  #read(file: string): LuaFacts | SchemaError | undefined {
    const known = this.#facts.get(file);
    const source = this.files.get(file);
    if (known !== undefined || source === undefined) return known;
    const facts = attempt(() => readLuaFacts(source, { filename: this.shownFile(file) }));
    this.#facts.set(file, facts);
    return facts;
  }

  #readOptions() {
    const { edition, gatewayVersion, limits, modules, pluginName } = this.#options;
    return {
      filename: this.shownFile("schema.lua"),
      modules: { ...this.#ownModules(), ...modules },
      ...(pluginName === undefined ? {} : { pluginName }),
      ...(gatewayVersion === undefined ? {} : { gatewayVersion }),
      ...(edition === undefined ? {} : { edition }),
      ...(limits === undefined ? {} : { limits }),
    };
  }

  /** `kong.plugins.NAME.x` is `x.lua` in the plugin's folder. */
  #ownModules(): Record<string, string> {
    const modules = new Map<string, string>();
    if (this.pluginName === undefined) return {};
    for (const [file, source] of this.files) {
      const name = /^(.*?)(?:\/init)?\.lua$/.exec(file)?.[1];
      if (name !== undefined) modules.set(`kong.plugins.${this.pluginName}.${name.replaceAll("/", ".")}`, source);
    }
    return Object.fromEntries(modules);
  }
}

function releaseIn(gatewayVersion: string | undefined): Release {
  const release = parseRelease(gatewayVersion ?? newestGatewayVersion);
  if (release !== undefined) return release;
  throw new SchemaError("option-invalid", `${JSON.stringify(gatewayVersion)} is not a Gateway version`, {
    nextStep: "Give it as 3.9, 3.9.1 or 3.9.1.2.",
  });
}

function attempt<Result>(read: () => Result): Result | SchemaError {
  try {
    return read();
  } catch (error) {
    if (error instanceof SchemaError) return error;
    throw error;
  }
}
