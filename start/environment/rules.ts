/**
 * Rules for environment variables. Each returns a function of name and value,
 * as `Env.rules` wants them, that answers the parsed value or throws one
 * sentence: the name, what is wrong, an example. Values that may be secret are
 * never repeated in the sentence.
 */
type Rule<T> = (name: string, value?: string) => T

/** A number of minutes, hours, requests … within limits, both included. */
export function numberBetween(min: number, max: number, fallback: number): Rule<number> {
  return (name, value) => {
    if (value === undefined) {
      return fallback
    }
    const number = Number(value)
    if (!/^\d+(\.\d+)?$/.test(value) || number < min || number > max) {
      throw new Error(`${name} must be a number from ${min} to ${max}, not "${value}". Example: ${name}=${fallback}`)
    }
    return number
  }
}

export function integerBetween(min: number, max: number, fallback: number): Rule<number> {
  const number = numberBetween(min, max, fallback)
  return (name, value) => {
    const parsed = number(name, value)
    if (!Number.isInteger(parsed)) {
      throw new Error(
        `${name} must be a whole number from ${min} to ${max}, not "${value}". Example: ${name}=${fallback}`
      )
    }
    return parsed
  }
}

const TRUE = ['true', '1', 'yes', 'on']
const FALSE = ['false', '0', 'no', 'off']

export function flag(fallback: boolean): Rule<boolean> {
  return (name, value) => {
    const word = (value ?? String(fallback)).toLowerCase()
    if (!TRUE.includes(word) && !FALSE.includes(word)) {
      throw new Error(`${name} must be true or false, not "${value}". Example: ${name}=${fallback}`)
    }
    return TRUE.includes(word)
  }
}

export function oneOf<const T extends string>(choices: readonly T[], fallback: T): Rule<T> {
  return (name, value) => {
    const choice = choices.find((candidate) => candidate === (value ?? fallback))
    if (choice === undefined) {
      throw new Error(`${name} must be one of ${choices.join(', ')}, not "${value}". Example: ${name}=${fallback}`)
    }
    return choice
  }
}

/** Text that is copied as it is; undefined when the variable is not set. */
export function text(): Rule<string | undefined> {
  return (_name, value) => value
}
