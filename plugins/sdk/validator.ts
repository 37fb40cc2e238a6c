export interface ValidationFault {
  readonly field: string
  readonly rule: string
  readonly message: string
}

/** What core needs of a compiled Vine validator (`vine.create({ … })`). */
export interface Validator<Output = unknown> {
  /** Throws an error with `messages`. */
  validate(value: unknown): Promise<Output>
  tryValidate(
    value: unknown
  ): Promise<[error: { readonly messages: readonly ValidationFault[] }, output: null] | [error: null, output: Output]>
  toJSONSchema(): object
}
