import orchestrators = require('@authscript/orchestrator')

// A program that is still CommonJS.

async function main(): Promise<void> {
  const orchestrator = new orchestrators.TaskOrchestrator()
  const sum: number = await orchestrator.execute({ name: 'sum', run: () => 40 + 2 })
  console.log(`the sum is ${sum}`)
  await orchestrator.stop()
}

void main()
