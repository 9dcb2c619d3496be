import { operationsView, orchestratorView } from '@authscript/prior-auth'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { NodeRequest } from '../store/nodes.ts'
import type { StoreTransaction } from '../store/store.ts'
import { HttpProblem, notFound } from './problem.ts'
import { viewOfOrchestrator } from './orchestrator-view.ts'
import type { App, RouteDependencies } from './routes.ts'
import { forWire } from './views.ts'

const maxWorkers = 1024
const byNode = z.object({
  nodeId: z.string().min(1).max(300).describe('The id of a node, or its name: `host:process`'),
})
const workersRequest = z.strictObject({ count: z.number().int().min(1).max(maxWorkers) })

/**
 * What operators change: any node, at any node. Their request is written to the database together with its row in the audit trail, and
 * each node carries out its own.
 */
export function addNodeControlRoutes(
  app: App,
  {
    auth,
    store,
    operations,
    orchestrator,
    clock,
  }: Pick<RouteDependencies, 'auth' | 'store' | 'operations' | 'orchestrator' | 'clock'>,
): void {
  const ask = async (
    detail: string,
    write: (transaction: StoreTransaction) => Promise<boolean>,
  ): Promise<boolean> => {
    const isAsked = await store.transaction('Operator', async (transaction) => {
      if (!(await write(transaction))) return false
      await transaction.nodes.notify()
      transaction.acted({ detail })
      return true
    })
    await operations.beat()
    return isAsked
  }

  async function askNode(name: string, verb: string, what: NodeRequest): Promise<void> {
    const node = await operations.findNode(name)
    if (node === undefined) throw notFound(`node ${name}`)
    const silent = new HttpProblem(
      409,
      'node_silent',
      `node ${node.name} does not report, so nothing can be asked of it`,
    )
    if (node.isGone) throw silent
    const isAsked = await ask(`${verb} ${node.name} ${node.nodeId}`, ({ nodes }) =>
      nodes.ask(node.nodeId, what, clock.now()),
    )
    if (!isAsked) throw silent
  }

  const viewFor = async (request: FastifyRequest) =>
    forWire<z.infer<typeof operationsView>>({
      ...(await operations.read(auth.caller(request), { isFresh: true })),
      ...operations.here(),
      mayControl: true,
    })
  const here = () => operations.here().nodeId

  for (const [verb, path, operationIds, summaries, state] of [
    [
      'drain',
      'drain',
      ['drainNode', 'drainNamedNode'],
      [
        'The node that answers takes no new work and finishes what runs; it stays up',
        'A node takes no new work and finishes what runs; it stays up',
      ],
      'drained',
    ],
    [
      'take_up',
      'take-up',
      ['takeUpWork', 'takeUpWorkOfNode'],
      ['The node that answers was drained and takes work again', 'A drained node takes work again'],
      'working',
    ],
  ] as const) {
    const tags = ['operations']
    const response = { 200: operationsView }
    app.post(
      `/api/operations/${path}`,
      { schema: { operationId: operationIds[0], tags, summary: summaries[0], response } },
      async (request) => {
        await askNode(here(), verb, { state })
        return viewFor(request)
      },
    )
    app.post(
      `/api/operations/nodes/:nodeId/${path}`,
      {
        schema: {
          operationId: operationIds[1],
          tags,
          summary: summaries[1],
          params: byNode,
          response,
        },
      },
      async (request) => {
        await askNode(request.params.nodeId, verb, { state })
        return viewFor(request)
      },
    )
  }

  app.post(
    '/api/operations/nodes/:nodeId/workers',
    {
      schema: {
        operationId: 'resizeWorkersOfNode',
        tags: ['operations'],
        summary: 'Set the number of workers of a node',
        params: byNode,
        body: workersRequest,
        response: { 200: operationsView },
      },
    },
    async (request) => {
      const { count } = request.body
      await askNode(request.params.nodeId, `workers ${count}`, { workers: count })
      return viewFor(request)
    },
  )

  app.post(
    '/api/orchestrator/workers',
    {
      schema: {
        operationId: 'resizeWorkers',
        tags: ['operations'],
        summary: 'Set the number of workers of the node that answers',
        body: workersRequest,
        response: { 200: orchestratorView },
      },
    },
    async (request) => {
      const { count } = request.body
      await askNode(here(), `workers ${count}`, { workers: count })
      return viewOfOrchestrator(orchestrator)
    },
  )

  for (const [verb, summary] of [
    ['pause', 'Begin no more tasks on any node, nor on nodes that start later'],
    ['resume', 'Begin tasks again on all nodes'],
  ] as const)
    app.post(
      `/api/orchestrator/${verb}`,
      {
        schema: {
          operationId: `${verb}Orchestrator`,
          tags: ['operations'],
          summary,
          response: { 200: orchestratorView },
        },
      },
      async (request) => {
        const { label } = auth.caller(request)
        await ask(`${verb} all nodes`, async ({ processingPause }) => {
          if (verb === 'pause') await processingPause.pause(label, clock.now())
          else await processingPause.resume()
          return true
        })
        return viewOfOrchestrator(orchestrator)
      },
    )
}
