/**
 * Knee, hip and shoulder, and other conditions that physical therapy treats. Read in the CDC order file of
 * FY2026: M16, M17, M19, M22 and M84.55; on a coder's page of FY2026: M23.201, M23.204 and M23.205. The rest is
 * from memory of the tabular list.
 */
export const joints = `
M15 osteoarthritis of many joints
M15.0 primary generalized osteoarthritis
M15.9 osteoarthritis of many joints, unspecified
M16 osteoarthritis of the hip
M16.0=B primary osteoarthritis of both hips
M16.1<RL0> primary osteoarthritis, * hip
M16.2=B osteoarthritis of both hips from dysplasia
M16.3<RL0> osteoarthritis from dysplasia, * hip
M16.4=B post-traumatic osteoarthritis of both hips
M16.5<RL0> post-traumatic osteoarthritis, * hip
M16.6=B other secondary osteoarthritis of both hips
M16.7 other secondary osteoarthritis of one hip
M16.9 osteoarthritis of the hip, unspecified
M17 osteoarthritis of the knee
M17.0=B primary osteoarthritis of both knees
M17.1<RL0> primary osteoarthritis, * knee
M17.2=B post-traumatic osteoarthritis of both knees
M17.3<RL0> post-traumatic osteoarthritis, * knee
M17.4=B other secondary osteoarthritis of both knees
M17.5 other secondary osteoarthritis of one knee
M17.9 osteoarthritis of the knee, unspecified
M19 other osteoarthritis
M19.0 primary osteoarthritis of other joints
M19.01<RL9> primary osteoarthritis, * shoulder
M19.02<RL9> primary osteoarthritis, * elbow
M19.03<RL9> primary osteoarthritis, * wrist
M19.04<RL9> primary osteoarthritis, * hand
M19.07<RL9> primary osteoarthritis, * ankle and foot
M19.09 primary osteoarthritis, other site @2020-10-01
M19.1+ post-traumatic osteoarthritis of other joints
M19.2+ secondary osteoarthritis of other joints
M19.9 osteoarthritis, unspecified site
M19.90 osteoarthritis, unspecified
M19.91 primary osteoarthritis, unspecified site
M19.92 post-traumatic osteoarthritis, unspecified site
M19.93 secondary osteoarthritis, unspecified site
M22 disorders of the patella
M22.0<RL0> recurrent dislocation of the patella, * knee
M22.1<RL0> recurrent subluxation of the patella, * knee
M22.2 patellofemoral disorders
M22.2X<RL9> patellofemoral disorder, * knee
M22.3 other derangements of the patella
M22.3X<RL9> other derangement of the patella, * knee
M22.4<RL0> chondromalacia patellae, * knee
M22.8 other disorders of the patella
M22.8X<RL9> other disorder of the patella, * knee
M22.9<RL0> disorder of the patella, * knee
M23 internal derangement of the knee
M23.0<menisci> cystic meniscus
M23.2<menisci> meniscus derangement from an old tear
M23.3<menisci> other meniscus derangement
M23.4<RL0> loose body, * knee
M23.5<RL0> chronic instability, * knee
M23.6+ other spontaneous ligament disruption
M23.8 other internal derangements
M23.8X<RL9> other internal derangement, * knee
M23.9<RL0> internal derangement, * knee
M25.3+ other joint instability
M25.36<RL9> instability, * knee
M25.35<RL9> instability, * hip
M25.31<RL9> instability, * shoulder
M25.4+ joint effusion
M25.45<RL9> effusion, * hip
M25.46<RL9> effusion, * knee
M25.5 joint pain
M25.50 pain in an unspecified joint
M25.51<RL9> pain, * shoulder
M25.52<RL9> pain, * elbow
M25.53<RL9> pain, * wrist
M25.54<RL9> pain, joints of * hand @2016-10-01
M25.55<RL9> pain, * hip
M25.56<RL9> pain, * knee
M25.57<RL9> pain, * ankle and foot joints
M25.59 pain in another joint @2020-10-01
M25.6+ joint stiffness
M25.61<RL9> stiffness, * shoulder
M25.65<RL9> stiffness, * hip
M25.66<RL9> stiffness, * knee
M62.8 other muscle disorders
M62.81 muscle weakness
M62.82 rhabdomyolysis
M62.83 muscle spasm
M62.830 muscle spasm of the back
M62.831 muscle spasm of the calf
M62.838 other muscle spasm
M62.84 sarcopenia @2016-10-01
M62.89 other muscle disorder
M75 shoulder lesions
M75.0<RL0> adhesive capsulitis, * shoulder
M75.1 rotator cuff tear, not traumatic
M75.10<RL0> rotator cuff tear unspecified, * shoulder
M75.11<RL0> incomplete rotator cuff tear, * shoulder
M75.12<RL0> complete rotator cuff tear, * shoulder
M75.2<RL0> bicipital tendinitis, * shoulder
M75.3<RL0> calcific tendinitis, * shoulder
M75.4<RL0> impingement, * shoulder
M75.5<RL0> bursitis, * shoulder
M75.8<RL0> other lesion, * shoulder
M75.9<RL0> shoulder lesion, * shoulder
M79.3 panniculitis
M79.7 fibromyalgia
M81 osteoporosis without current fracture
M81.0 age-related osteoporosis
M81.6 localized osteoporosis
M81.8 other osteoporosis
M84.550:ADGKPS pathological fracture of the pelvis in neoplastic disease
M84.551=R:ADGKPS pathological fracture of the right femur in neoplastic disease
M84.552=L:ADGKPS pathological fracture of the left femur in neoplastic disease
M84.553:ADGKPS pathological fracture of an unspecified femur in neoplastic disease
M84.559:ADGKPS pathological fracture of an unspecified hip in neoplastic disease
M87 osteonecrosis
M87.0 idiopathic aseptic osteonecrosis
M87.00 idiopathic aseptic osteonecrosis, unspecified bone
M87.05 idiopathic aseptic osteonecrosis, pelvis and femur
M87.050 idiopathic aseptic osteonecrosis, pelvis
M87.051=R idiopathic aseptic osteonecrosis, right femur
M87.052=L idiopathic aseptic osteonecrosis, left femur
M87.059 idiopathic aseptic osteonecrosis, unspecified femur
M87.06 idiopathic aseptic osteonecrosis, tibia and fibula
M87.061=R idiopathic aseptic osteonecrosis, right tibia
M87.062=L idiopathic aseptic osteonecrosis, left tibia
M87.063 idiopathic aseptic osteonecrosis, unspecified tibia
M87.064=R idiopathic aseptic osteonecrosis, right fibula
M87.065=L idiopathic aseptic osteonecrosis, left fibula
M87.066 idiopathic aseptic osteonecrosis, unspecified fibula
M87.9 osteonecrosis, unspecified
S13.4:ADS sprain of the ligaments of the cervical spine
S16.1:ADS strain of a muscle of the neck
S43.42<RL9>:ADS sprain of * rotator cuff
S46.01<RL9>:ADS strain of * rotator cuff
S72.0 fracture of the femoral neck
S72.00<RL9>:ABCDEFGHJKMNPQRS fracture of an unspecified part of the neck, * femur
S72.01<RL9>:ABCDEFGHJKMNPQRS intracapsular fracture, * femur
S72.03+ midcervical fracture of the femur
S72.04+ fracture of the base of the femoral neck
S83.2 meniscus tear, current injury
S83.20+ tear of an unspecified meniscus, current injury
S83.21<RL9>:ADS bucket-handle tear of the medial meniscus, * knee
S83.22<RL9>:ADS peripheral tear of the medial meniscus, * knee
S83.23<RL9>:ADS complex tear of the medial meniscus, * knee
S83.24<RL9>:ADS other tear of the medial meniscus, * knee
S83.25<RL9>:ADS bucket-handle tear of the lateral meniscus, * knee
S83.26<RL9>:ADS peripheral tear of the lateral meniscus, * knee
S83.27<RL9>:ADS complex tear of the lateral meniscus, * knee
S83.28<RL9>:ADS other tear of the lateral meniscus, * knee
S83.3<RL0>:ADS tear of joint cartilage, * knee
S83.4 sprain of a collateral ligament of the knee
S83.40<RL9>:ADS sprain of an unspecified collateral ligament, * knee
S83.41<RL9>:ADS sprain of the medial collateral ligament, * knee
S83.42<RL9>:ADS sprain of the lateral collateral ligament, * knee
S83.5 sprain of a cruciate ligament of the knee
S83.50<RL9>:ADS sprain of an unspecified cruciate ligament, * knee
S83.51<RL9>:ADS sprain of the anterior cruciate ligament, * knee
S83.52<RL9>:ADS sprain of the posterior cruciate ligament, * knee
S83.9<RL0>:ADS sprain of an unspecified site, * knee
S93.40<RL9>:ADS sprain of an unspecified ligament, * ankle
Z47.1 aftercare after joint replacement
Z47.2 removal of an internal fixation device
Z47.8 other orthopedic aftercare
Z47.81 aftercare after amputation
Z47.82 aftercare after scoliosis surgery
Z47.89 other orthopedic aftercare, specified
Z96.6+ artificial joints
Z96.64<RLB9> artificial hip joint, *
Z96.65<RLB9> artificial knee joint, *
`
