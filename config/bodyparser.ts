import { defineConfig } from '@adonisjs/core/bodyparser'

/** Text is trimmed by the validators, field by field: a password may begin with a space. */
const bodyParserConfig = defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: {
    convertEmptyStringsToNull: true,
    trimWhitespaces: false,
    types: ['application/x-www-form-urlencoded'],
    limit: '1mb',
  },
  json: {
    convertEmptyStringsToNull: true,
    trimWhitespaces: false,
    types: ['application/json'],
    strict: false,
    limit: '4mb',
  },
  multipart: {
    // The one middleware that takes files receives them itself.
    autoProcess: false,
    convertEmptyStringsToNull: true,
    trimWhitespaces: false,
    types: ['multipart/form-data'],
  },
})

export default bodyParserConfig
