/** The words of JSON Schema that the OpenAPI document uses for what is sent. */
export interface InputSchema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: InputSchema
  readonly properties?: Readonly<Record<string, InputSchema>>
  readonly required?: readonly string[]
}

/** One named input of an operation. */
export interface DescribedInput {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'body'
  readonly required: boolean
  readonly schema: InputSchema
}

/** One operation of the document, with everything that can be put into it. */
export interface DescribedCall {
  readonly method: string
  readonly path: string
  readonly inputs: readonly DescribedInput[]
  /** The type of its body; null: it has none. */
  readonly bodyType: string | null
  /** By status: the type of the body, and its schema. */
  readonly responses: Readonly<Record<string, { content?: Record<string, { schema: object }> }>>
}

interface DescribedOperation {
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: InputSchema }[]
  readonly requestBody?: { content: Record<string, { schema: InputSchema }> }
  readonly responses: DescribedCall['responses']
}

export interface OpenapiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>
}

/** Every operation that a document describes. */
export function describedCalls(document: OpenapiDocument): DescribedCall[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .map(([method, operation]) => toCall(method.toUpperCase(), path, operation))
  )
}

function toCall(method: string, path: string, operation: DescribedOperation): DescribedCall {
  const [bodyType = null, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  const { properties = {}, required = [] } = body?.schema ?? {}
  return {
    method,
    path,
    bodyType,
    responses: operation.responses,
    inputs: [
      ...((operation.parameters ?? []) as DescribedInput[]),
      ...Object.entries(properties).map(([name, schema]) => ({
        name,
        in: 'body' as const,
        required: required.includes(name),
        schema,
      })),
    ],
  }
}
