/** Imported before the engine: n8n's deprecated binary mode, in which files are passed as base64 within the items. */
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'default';
