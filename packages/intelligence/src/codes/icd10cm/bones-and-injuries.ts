const fracture = 'ABCDEFGHJKMNPQRS'

/**
 * Fractures and necrosis of bones, bleeding and deranged joints, and injuries around the knee. Read on coders'
 * pages: M84.45, its femur and its pelvis, the seventh characters of M84.4, and M12.58. The rest is from memory
 * of the tabular list, as are the first days: M08.0A and M80.xA FY2021, M80.xB FY2024.
 */
export const bonesAndInjuries = `
M08+ juvenile arthritis
M08.0<jointsAndSpine> juvenile rheumatoid arthritis, unspecified
M08.0A juvenile rheumatoid arthritis, unspecified, other site @2020-10-01
M12+ other arthropathy
M12.5<jointsOtherAndMultiple> traumatic arthropathy
M25.0<jointsAndOther> hemarthrosis
M36 connective tissue disorders in other diseases
M36.0 dermatomyositis in neoplastic disease
M36.1 arthropathy in neoplastic disease
M36.2 hemophilic arthropathy
M36.3 arthropathy in other blood disorders
M36.4 arthropathy in hypersensitivity
M36.8 connective tissue disorder in another disease
M80 osteoporosis with current fracture
M80.0<brittleBones>:ADGKPS age-related osteoporosis with current fracture
M80.0A:ADGKPS age-related osteoporosis with current fracture, other site @2020-10-01
M80.0B<RL9>:ADGKPS age-related osteoporosis with current fracture, * pelvis @2023-10-01
M80.8<brittleBones>:ADGKPS other osteoporosis with current fracture
M80.8A:ADGKPS other osteoporosis with current fracture, other site @2020-10-01
M80.8B<RL9>:ADGKPS other osteoporosis with current fracture, * pelvis @2023-10-01
M84.4+ pathological fracture, not elsewhere classified
M84.45 pathological fracture of the femur and pelvis
M84.451=R:ADGKPS pathological fracture of the right femur
M84.452=L:ADGKPS pathological fracture of the left femur
M84.453:ADGKPS pathological fracture of an unspecified femur
M84.454:ADGKPS pathological fracture of the pelvis
M84.459:ADGKPS pathological fracture of an unspecified hip
M87.1+ osteonecrosis from drugs
M87.15<pelvisAndFemur> osteonecrosis from drugs
M87.2+ osteonecrosis after trauma
M87.25<pelvisAndFemur> osteonecrosis after trauma
M87.3+ other secondary osteonecrosis
M87.35<pelvisAndFemur> other secondary osteonecrosis
M87.8+ other osteonecrosis
M87.85<pelvisAndFemur> other osteonecrosis
M93.2<jointsOtherAndMultiple> osteochondritis dissecans
S72.4 fracture of the lower end of the femur
S72.40<RL9>:${fracture} fracture of an unspecified part of the lower end, * femur
S72.41<displaced>:${fracture} fracture of an unspecified condyle, femur
S72.42<displaced>:${fracture} fracture of the lateral condyle, femur
S72.43<displaced>:${fracture} fracture of the medial condyle, femur
S72.44<displaced>:${fracture} fracture of the lower epiphysis, femur
S72.45<displaced>:${fracture} supracondylar fracture without intracondylar extension, femur
S72.46<displaced>:${fracture} supracondylar fracture with intracondylar extension, femur
S72.47<RL9>:ADGKPS torus fracture of the lower end, * femur
S72.49<RL9>:${fracture} other fracture of the lower end, * femur
S80.0<RL0>:ADS contusion, * knee
S82.1 fracture of the upper end of the tibia
S82.10<RL9>:${fracture} fracture of an unspecified part of the upper end, * tibia
S82.11<displaced>:${fracture} fracture of the tibial spine
S82.12<displaced>:${fracture} fracture of the lateral condyle, tibia
S82.13<displaced>:${fracture} fracture of the medial condyle, tibia
S82.14<displaced>:${fracture} bicondylar fracture, tibia
S82.15<displaced>:${fracture} fracture of the tibial tuberosity
S82.16<RL9>:ADGKPS torus fracture of the upper end, * tibia
S82.19<RL9>:${fracture} other fracture of the upper end, * tibia
S83.0 subluxation and dislocation of the patella
S83.00<dislocation>:ADS patella, direction unspecified
S83.01<dislocation>:ADS patella, lateral
S83.09<dislocation>:ADS patella, other direction
S83.1 subluxation and dislocation of the knee
S83.10<dislocation>:ADS knee, direction unspecified
S83.11<dislocation>:ADS knee, tibia forward
S83.12<dislocation>:ADS knee, tibia backward
S83.13<dislocation>:ADS knee, tibia medially
S83.14<dislocation>:ADS knee, tibia laterally
S83.19<dislocation>:ADS knee, other direction
`
