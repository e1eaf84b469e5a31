// The same from CommonJS, and what a broken schema gives: test the code of an error, not its class.
const { readSchema } = require("kong-schema-advisor");

try {
  readSchema("return { name = 'broken', fields = { ", { filename: "broken.lua" });
} catch (error) {
  console.log(`${error.code} at line ${error.position.line}`);
}
