import type { NodeOrder } from "../../kong/self-managed.js";
import { isStricterPath } from "../../kong/update-paths.js";
import { installPluginFiles } from "../commands/node.js";
import { joinOrders, nodeOrderOf } from "../node-order.js";
import { closeWindow } from "../steps/close-window.js";
import type { StepContext } from "../steps/context.js";
import { installPlugin, replacePluginFiles } from "../steps/deploy-plugin-files.js";
import {
  editConfigurationFile,
  updateDbLessNodes,
  updateInstancesAfterwards,
  updateTraditionalNodes,
} from "../steps/nodes.js";
import { openWindow } from "../steps/open-window.js";
import { deleteDataPlaneFiles } from "../steps/removal.js";
import { testFirst, type TestSetup } from "../steps/test-first.js";
import { updateInstancesBefore } from "../steps/update-instances.js";
import { type Judgement, rejudge } from "./judge.js";
import { goneFromFiles } from "./installed-self-managed.js";
import { rename } from "./new-plugin.js";
import type { InstalledWay, Way } from "./way.js";

/** Nodes without a control plane: no schema ever judges what another one let pass, but new code meets old instances. */

const common = {
  replaceCode: (context) => [testFirst(context, onTestNode(context)), replacePluginFiles(context)],
  install: (context) => [testFirst(context, onTestNode(context)), installPlugin(context)],
  uninstall: (kit, name) => [deleteDataPlaneFiles(kit, name)],
} as const satisfies Omit<InstalledWay, "update">;

export const installedTraditional: InstalledWay = {
  ...common,
  update: {
    judge: (changes) => rejudge(changes, (change) => traditionalJudgements[nodeOrderOf(change).edits]),
    dropsWhatIsGone: true,
    reason: () =>
      "Kong's table of update paths is about Konnect; a node with a database reads every instance under the schema that it has, and validates only what is saved, so no node refuses anything.",
    findings: () => [],
    steps: (context) => {
      const edits = editsOf(context);
      return [
        testFirst(context, onTestNode(context)),
        openWindow(context, "update"),
        ...(edits === "before" ? [updateInstancesBefore(context, notEdited)] : []),
        updateTraditionalNodes(context, edits === "between"),
        ...(edits === "between" ? [updateInstancesAfterwards(context)] : []),
        closeWindow(context, "update", goneFromFiles(context)),
      ];
    },
  },
};

const dbLessUpdate: Way = {
  // The file is judged as what a user gives: a parameter that is gone is refused in it, too.
  judge: (changes) =>
    rejudge(changes, (change) => {
      if (change.path === "cp-dp-sync" || nodeOrderOf(change).edits === "between") return filesTogether;
      return isStricterPath(change.path, "short") ? fileFirst : noEdits;
    }),
  reason: () =>
    "Kong's table of update paths is about Konnect; a node without a database gets the new files and a configuration that fits them at once, and no node bears on another.",
  findings: () => [],
  steps: (context) => [
    testFirst(context, onTestNode(context)),
    openWindow(context, "update"),
    ...(context.instanceEdits.length > 0 ? [editConfigurationFile(context)] : []),
    updateDbLessNodes(context),
    closeWindow(context, "update"),
  ],
};

export const installedDbLess: InstalledWay = { ...common, update: dbLessUpdate };

function editsOf({ changes }: StepContext): NodeOrder["edits"] {
  return joinOrders(changes.map(nodeOrderOf)).edits;
}

function onTestNode(context: StepContext): TestSetup {
  return {
    actions: [...rename(context), "Put the plugin's files on a test node."],
    commands: [installPluginFiles("the test node", context.newName)],
  };
}

const noEdits = { path: "short", because: "No instance has to be edited for it." } as const;

const notEdited = "On nodes that have the new version, its code runs with instances that do not fit its schema.";

const traditionalJudgements = {
  none: noEdits,
  before: {
    path: "long",
    because: "Instances that do not fit are edited first: the old version accepts the result too.",
  },
  between: {
    path: "cp-dp-sync",
    because:
      "Instances can be edited to fit only when every node has the new version, and until then its code runs with those that do not.",
  },
} as const satisfies Record<NodeOrder["edits"], Judgement>;

const fileFirst = {
  path: "long",
  because: "Instances that do not fit are edited in the file, which both versions accept then.",
} as const;
const filesTogether = {
  path: "cp-dp-sync",
  because:
    "Neither version accepts a file that fits the other: each node gets the plugin's files and the configuration together.",
} as const;
