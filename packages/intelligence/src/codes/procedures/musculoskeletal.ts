/**
 * Joints, spine procedures and therapy, in our own wording. Not checked against a fee schedule. 62320-62327
 * replaced 62310-62319 and 97161-97164 replaced 97001-97002 on 2017-01-01.
 */
export const musculoskeletal = `
20610 injection or aspiration of a large joint
20611 injection or aspiration of a large joint with ultrasound
22551 cervical fusion with disc removal, one level
22552 cervical fusion with disc removal, each further level
22554 cervical fusion, front approach
22630 lumbar interbody fusion, back approach
22633 lumbar combined fusion, back approach
27130 total hip replacement
27132 conversion to total hip replacement
27134 revision of a total hip replacement, both parts
27137 revision of a total hip replacement, socket
27138 revision of a total hip replacement, femoral part
27446 partial knee replacement
27447 total knee replacement
27486 revision of a total knee replacement, one part
27487 revision of a total knee replacement, both parts
29826 shoulder arthroscopy with decompression
29827 shoulder arthroscopy with rotator cuff repair
29880 knee arthroscopy with removal of both menisci
29881 knee arthroscopy with removal of one meniscus
29888 arthroscopic anterior cruciate repair
62281 neurolytic injection, cervical or thoracic epidural
62282 neurolytic injection, lumbar or sacral epidural
62320 cervical or thoracic epidural injection without imaging @2017-01-01
62321 cervical or thoracic epidural injection with imaging @2017-01-01
62322 lumbar or sacral epidural injection without imaging @2017-01-01
62323 lumbar or sacral epidural injection with imaging @2017-01-01
62324 cervical or thoracic epidural catheter without imaging @2017-01-01
62325 cervical or thoracic epidural catheter with imaging @2017-01-01
62326 lumbar or sacral epidural catheter without imaging @2017-01-01
62327 lumbar or sacral epidural catheter with imaging @2017-01-01
63047 lumbar decompression, one segment
63650 implanting a spinal neurostimulator lead
64479 cervical or thoracic transforaminal epidural injection, one level
64480 cervical or thoracic transforaminal epidural injection, each further level
64483 lumbar or sacral transforaminal epidural injection, one level
64484 lumbar or sacral transforaminal epidural injection, each further level
64490 cervical or thoracic facet injection, one level
64491 cervical or thoracic facet injection, second level
64492 cervical or thoracic facet injection, third level
64493 lumbar or sacral facet injection, one level
64494 lumbar or sacral facet injection, second level
64495 lumbar or sacral facet injection, third level
64633 cervical or thoracic facet nerve destruction, one joint
64634 cervical or thoracic facet nerve destruction, each further joint
64635 lumbar or sacral facet nerve destruction, one joint
64636 lumbar or sacral facet nerve destruction, each further joint
97010 hot or cold packs
97012 mechanical traction
97014 unattended electrical stimulation
97016 vasopneumatic device
97018 paraffin bath
97022 whirlpool
97024 diathermy
97026 infrared
97028 ultraviolet
97032 attended electrical stimulation
97033 iontophoresis
97034 contrast baths
97035 therapeutic ultrasound
97036 Hubbard tank
97110 therapeutic exercise
97112 neuromuscular reeducation
97113 aquatic therapy
97116 gait training
97124 massage
97140 manual therapy
97150 group therapy
97161 physical therapy evaluation, low complexity @2017-01-01
97162 physical therapy evaluation, moderate complexity @2017-01-01
97163 physical therapy evaluation, high complexity @2017-01-01
97164 physical therapy reevaluation @2017-01-01
97165 occupational therapy evaluation, low complexity @2017-01-01
97166 occupational therapy evaluation, moderate complexity @2017-01-01
97167 occupational therapy evaluation, high complexity @2017-01-01
97168 occupational therapy reevaluation @2017-01-01
97530 therapeutic activities
97533 sensory integration
97535 self-care training
97537 community reintegration training
97542 wheelchair training
97750 physical performance test
97760 orthotic management and training
97761 prosthetic training
97763 orthotic or prosthetic follow-up @2018-01-01
98940 chiropractic manipulation, one or two spinal regions
98941 chiropractic manipulation, three or four spinal regions
98942 chiropractic manipulation, five spinal regions
`
