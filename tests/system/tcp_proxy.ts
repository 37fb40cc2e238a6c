import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A proxy on loopback that can swallow what goes through it, as a broken network does. */
export class TcpProxy {
  /** Nothing comes through any more: connections stand, and stay silent also afterwards. */
  isSilent = false
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(port: number) {
    this.#server = createServer((client) => {
      const target = connect(port, '127.0.0.1')
      let isLost = this.isSilent
      const forward = (from: Socket, to: Socket) => {
        this.#sockets.add(from)
        from.on('data', (bytes) => {
          isLost ||= this.isSilent
          if (!isLost) to.write(bytes)
        })
        from.on('error', () => undefined)
        from.on('close', () => {
          this.#sockets.delete(from)
          if (!isLost) to.destroy()
        })
      }
      forward(client, target)
      forward(target, client)
    })
  }

  static async start(port: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(port)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  stop(): void {
    this.#server.close()
    this.#sockets.forEach((socket) => socket.destroy())
  }
}
