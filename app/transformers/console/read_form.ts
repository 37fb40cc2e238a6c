import { SimpleMessagesProvider, type VineValidator } from '@vinejs/vine'
import { type Infer, type SchemaTypes } from '@vinejs/vine/types'
import { FIELD_LABELS } from './field_label.js'

const MESSAGES = {
  'required': 'Please fill this in',
  'events.required': 'Please tick one at least',
  'minLength': 'Please fill this in',
  'maxLength': 'At most {{ max }} characters fit here',
  'enum': 'Please choose one of the list',
}

const provider = new SimpleMessagesProvider(MESSAGES, FIELD_LABELS)

/** Validates what a form sent, with messages for the person in front of it. Names are those of the API. */
export function readForm<Schema extends SchemaTypes>(
  validator: VineValidator<Schema, undefined>,
  input: Record<string, unknown>
): Promise<Infer<Schema>> {
  return validator.validate(input, { messagesProvider: provider, meta: undefined })
}
