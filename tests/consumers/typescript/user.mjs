// Imports every entry point of an installed package by its name, and prints a TypeScript program that does too.

import { readFileSync } from "node:fs";

const name = process.argv[2];
const { exports } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
const entries = Object.keys(exports).filter((entry) => !entry.endsWith(".json"));
for (const [index, entry] of entries.entries()) {
  const module = await import(name + entry.slice(1));
  if (Object.keys(module).length === 0) {
    throw new Error(`${entry} exports nothing`);
  }
  const path = JSON.stringify(name + entry.slice(1));
  console.log(`import * as entry${index} from ${path};\nexport const keys${index} = Object.keys(entry${index});`);
}
