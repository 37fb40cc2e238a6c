import { once } from 'node:events'
import { type AddressInfo } from 'node:net'
import app from '@adonisjs/core/services/app'
import { DrainingServer } from '../../bin/draining_server.js'

/** The application behind a second listener with little patience; answers its port. */
export async function impatientListener(cleanup: (done: () => Promise<void>) => void): Promise<number> {
  const server = await app.container.make('server')
  const patience = { headersTimeout: 400, requestTimeout: 800, connectionsCheckingInterval: 100 }
  const listener = new DrainingServer(patience).serve(server.handle.bind(server))
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  cleanup(async () => {
    listener.closeAllConnections()
    listener.close()
  })
  return (listener.address() as AddressInfo).port
}
