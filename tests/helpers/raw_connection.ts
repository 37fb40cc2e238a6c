import { connect, type Socket } from 'node:net'

/** A TCP connection to a server of this machine, for requests that no HTTP client would send. */
export class RawConnection {
  readonly #socket: Socket
  #received = ''
  readonly #ended: Promise<void>

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1')
    this.#socket.on('data', (chunk) => (this.#received += chunk.toString('latin1')))
    // A peer that cuts the connection is what some tests wait for.
    this.#socket.on('error', () => {})
    this.#ended = new Promise((resolve) => this.#socket.once('close', () => resolve()))
  }

  write(text: string): void {
    this.#socket.write(text, 'latin1')
  }

  /** Everything the server sent, once it has closed the connection. */
  async answer(): Promise<string> {
    await this.#ended
    return this.#received
  }

  close(): void {
    this.#socket.destroy()
  }
}

/** Sends these bytes as they are and answers everything that comes until the server closes. */
export async function exchangeRaw(text: string, port = Number(process.env.PORT)): Promise<string> {
  const connection = new RawConnection(port)
  connection.write(text)
  const answer = await connection.answer()
  connection.close()
  return answer
}
