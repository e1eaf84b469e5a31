import { runInstances } from "./instances.js";

const [count = 0, alike = 1] = process.argv.slice(2).map(Number);
console.log(JSON.stringify(runInstances(count, alike)));
