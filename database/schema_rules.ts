import type { SchemaRules } from '@adonisjs/lucid/types/schema_generator'

const rules = {} satisfies SchemaRules

export default rules
