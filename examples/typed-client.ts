import { createClient, dataOf } from '@authscript/client'
import { startDemoGateway } from './demo/demo-gateway.ts'

/** A program of a practice: it registers an encounter, waits for its form and writes down what is still open. */

await using demo = await startDemoGateway()
const client = createClient({ baseUrl: demo.baseUrl, apiKey: demo.apiKey })
const encounter = {
  practiceId: '195900',
  patientId: 'a-195900.E-60178',
  encounterId: 'a-195900.encounter-1001',
}
const events = client.events({ lastEventId: 0 })

const registered = await client.registerEncounter({ body: encounter })
if (!registered.ok && registered.problem.code === 'registration_conflict')
  throw new Error('somebody registered this encounter for another patient')
dataOf(registered)
demo.sign(encounter.encounterId)

for await (const item of events) {
  if (item.kind === 'gap' || item.event.eventType !== 'PA_FORM_READY') continue
  const { workItemId } = item.event.data
  if (workItemId === undefined) continue
  const order = dataOf(await client.getWorkItem({ workItemId }))
  const form = dataOf(await client.getWorkItemForm({ workItemId }))
  console.log(`${order.orderDescription}: ${order.review}, a form of ${form.length} bytes`)
  for (const question of order.analysis.outcome === 'assessed' ? order.analysis.answers : [])
    if (question.answer === 'unclear') console.log(`open: ${question.question}`)
  break
}
