import { InvalidValue } from '#core/assets/errors'

/**
 * The id in an argument, which is called `name` in the fault.
 *
 * @throws InvalidValue when the text is missing or is no id
 */
export function readId(name: string, text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,8}$/.test(text)) {
    const given = text === undefined ? 'is missing' : `is no number: "${text}"`
    throw new InvalidValue(name, `The ${name} ${given}`, 'id')
  }
  return Number(text)
}
