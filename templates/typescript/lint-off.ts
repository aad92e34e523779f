/* eslint-disable */
// biome-ignore-all lint: generated file
// biome-ignore-all format: generated file
