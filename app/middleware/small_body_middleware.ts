import BodyParserMiddleware from '@adonisjs/core/bodyparser_middleware'
import bodyParserConfig from '#config/bodyparser'

/** A name and a password in JSON, with room for escapes. */
const LIMIT = '16kb'

/** Reads the body of somebody who is not signed in: no more of it is taken than a sign-in needs. */
export default class SmallBodyMiddleware extends BodyParserMiddleware {
  constructor() {
    const { form, json } = bodyParserConfig
    super({ ...bodyParserConfig, form: { ...form, limit: LIMIT }, json: { ...json, limit: LIMIT } })
  }
}
