import type { SourceErrorData } from './errors.ts'

/** One step of a connection test, in the order it was taken. */
export interface CheckStep {
  readonly id: 'resolve' | 'connect' | 'tls' | 'authenticate' | 'authorize' | 'read_sample' | (string & {})
  readonly status: 'pass' | 'warn' | 'fail' | 'skip'
  readonly message: string
  readonly error?: SourceErrorData
}

export interface CheckReport {
  readonly ok: boolean
  readonly steps: readonly CheckStep[]
  readonly source?: {
    readonly product?: string
    readonly version?: string
    readonly estimatedRecords?: number
  }
}
