import { fillForm } from '../apps/gateway/src/forms/fill-form.ts'
import { generalTemplate } from '../apps/gateway/src/forms/templates/general-template.ts'
import { sampleContent } from '../apps/gateway/src/forms/stored/sample-content.ts'
const template = await generalTemplate()
const times: number[] = []
for (let i = 0; i < 8; i += 1) await fillForm(sampleContent, template)
for (let i = 0; i < 20; i += 1) {
  const t = process.cpuUsage()
  const s = performance.now()
  await fillForm(sampleContent, template)
  const u = process.cpuUsage(t)
  times.push((u.user + u.system) / 1000)
}
times.sort((a, b) => a - b)
console.log(
  'median cpu ms',
  times[10]?.toFixed(1),
  'min',
  times[0]?.toFixed(1),
  'max',
  times.at(-1)?.toFixed(1),
)
