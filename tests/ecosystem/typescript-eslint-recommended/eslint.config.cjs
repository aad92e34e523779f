const { configs } = require("typescript-eslint");

module.exports = [...configs.recommended];
