export interface SimulatorOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** The same seed serves the same devices in every process. */
  readonly seed?: number
}

export interface RunningSimulator {
  /** Base URL it answers at. */
  readonly url: string
  /** Values of the plugin's config (plain strings, secrets too) that reach it. */
  readonly config: Record<string, unknown>
  stop(): Promise<void>
}

/** A stand-in for the upstream system that serves its real HTTP shapes on loopback. */
export interface SourceSimulator {
  /** The server must not keep the process alive (`unref`). */
  start(options?: SimulatorOptions): Promise<RunningSimulator>
}
