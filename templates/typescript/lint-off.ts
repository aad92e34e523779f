/* eslint max-lines: ["error", 30] -- every file is longer, so the next line is never an unused directive */
/* eslint-disable */
// biome-ignore-all lint: generated file
// biome-ignore-all assist: generated file
// biome-ignore-all format: generated file