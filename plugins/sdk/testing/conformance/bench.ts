import type { AnySourcePlugin, SourceContext } from '../../main.ts'

/** What the peer does instead of answering. */
export type PeerFault = 'refuse' | 'forbid' | 'fail' | 'html' | 'truncate' | 'hang_up'

/** The plugin's stand-in, behind something that can disturb it. */
export interface BenchPeer {
  fault: PeerFault | null
  /** So many requests are answered before the fault begins. */
  faultAfter: number
  /** `GET /api/devices`, in the order in which they came. */
  readonly requests: string[]
}

/** A context as core gives it, with limits that make faults quick. */
export interface BenchReading {
  readonly context: SourceContext<never>
  abort(): void
  close(): Promise<void>
}

/** All that the checks need of a plugin and its surroundings. */
export interface Bench {
  readonly plugin: AnySourcePlugin
  /** What the plugin is configured with, its secrets as plain text. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly peer: BenchPeer
  /** The lines of the log so far. */
  readonly logged: readonly string[]
  open(): Promise<BenchReading>
}

export type Tier = 'bronze' | 'silver' | 'gold'

/** One promise of the contract. `run` answers why it is broken, or null; a sentence in `skip` says why it does not apply. */
export interface Check {
  readonly id: string
  readonly tier: Tier
  readonly title: string
  run(bench: Bench): Promise<string | null | { readonly skip: string }>
}
