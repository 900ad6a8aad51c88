// n8n loads the node and its credential by the paths in package.json; the package itself exports nothing.
module.exports = {};
