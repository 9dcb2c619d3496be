import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { EncounterRef } from '@authscript/prior-auth'
import { startWorld, type World } from './world.ts'

/** What stands between browsers and the gateway, as a proxy with TLS does in life. */
export interface Front extends AsyncDisposable {
  readonly address: string
  /** Frames keep no cookies: what a browser does that blocks every cookie of other sites. */
  blocksFrames: boolean
  /** Every page may show ours in a frame, as if we sent no policy. */
  hidesPolicy: boolean
  /** Every POST that arrived here. */
  readonly posts: { readonly cookie: string; readonly status: number }[]
}

/** A world whose sandbox EHR opens the gateway in a frame. */
export interface LaunchWorld extends AsyncDisposable {
  readonly world: World
  readonly front: Front
  /** The EHR under a name other than the gateway's: two sites, as in production. */
  readonly ehr: string
}

async function startFront(target: () => string): Promise<Front> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming
    const forwarded = send(new URL(url, target()), { method, headers }, (answer) => {
      const isFramed = headers['sec-fetch-dest'] === 'iframe'
      const answered = { ...answer.headers }
      if (front.blocksFrames && isFramed) delete answered['set-cookie']
      if (front.hidesPolicy) delete answered['content-security-policy']
      if (method === 'POST')
        front.posts.push({ cookie: headers.cookie ?? '', status: answer.statusCode ?? 0 })
      outgoing.writeHead(answer.statusCode ?? 502, answered)
      answer.pipe(outgoing)
    })
    outgoing.on('close', () => forwarded.destroy())
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const front: Front = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    blocksFrames: false,
    hidesPolicy: false,
    posts: [],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
  return front
}

/** Signs the encounters and waits for their orders. */
export async function startLaunchWorld(
  ...encounters: readonly EncounterRef[]
): Promise<LaunchWorld> {
  await using parts = new AsyncDisposableStack()
  const front = parts.use(await startFront(() => world.gateway.address))
  const world: World = parts.use(
    await startWorld({
      dashboardDirectory: fileURLToPath(new URL('../apps/dashboard/dist', import.meta.url)),
      config: (sandbox) => ({
        Http: { Port: 0, RequestsPerMinute: 100_000, PublicUrl: front.address },
        Launch: {
          Issuers: [
            {
              FhirBaseUrl: sandbox.fhirBaseUrl,
              ClientId: 'sandbox-client',
              ClientSecret: 'sandbox-secret',
              PracticeIds: ['195900', '1959222'],
              FrameHosts: [`http://localhost:${new URL(sandbox.baseUrl).port}`],
              NewPeopleRoles: ['clinician', 'staff'],
            },
          ],
        },
      }),
    }),
  )
  world.sandbox.control.registerApp('sandbox-client', {
    launchUrl: `${front.address}/launch`,
    redirectUris: [`${front.address}/launch/callback`],
  })
  await world.sign(...encounters)
  for (const { encounterId } of encounters)
    await world.eventOf(
      ({ eventType, data }) =>
        eventType === 'EncounterProcessed' &&
        (data as { encounterId?: string }).encounterId === encounterId,
    )
  const started = parts.move()
  return {
    world,
    front,
    ehr: `http://localhost:${new URL(world.sandbox.baseUrl).port}`,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}
