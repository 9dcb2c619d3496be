import { createClient } from '@authscript/client'

const client = createClient({ baseUrl: 'http://127.0.0.1:1', apiKey: 'a key', retries: 0 })
const result = await client.getSession()
console.log(process.version.split('.')[0])
console.log(result.ok ? 'answered' : result.problem.code)
