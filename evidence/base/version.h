/* Which release this is. A build may say otherwise: -DTOUCHSTONE_VERSION='"1.2.3"'. */
#ifndef TOUCHSTONE_EVIDENCE_BASE_VERSION_H
#define TOUCHSTONE_EVIDENCE_BASE_VERSION_H

#ifndef TOUCHSTONE_VERSION
#define TOUCHSTONE_VERSION "0.1.0"
#endif

#endif
