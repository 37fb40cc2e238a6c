import { createInterface } from 'node:readline'

/** The first line of a pipe or a file, without its line break; empty if there is none. */
async function readFirstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) {
    return line
  }
  return ''
}

/**
 * A password from the person at the terminal (`ask`), or else from the first line of stdin. Never from an argument:
 * every user of a machine can read those.
 */
export async function readPassword(ask: () => Promise<string>): Promise<string> {
  return process.stdin.isTTY ? ask() : readFirstLine(process.stdin)
}
