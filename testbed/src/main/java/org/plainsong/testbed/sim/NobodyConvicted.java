package org.plainsong.testbed.sim;

/** Protocol §9.3: everybody in these runs is honest, so that nobody may find that anybody has broken the protocol. */
final class NobodyConvicted implements Invariant {
    @Override
    public void observe(Observation what) {
        if (!(what instanceof Observation.Noticed(String party, String kind, String text))) {
            return;
        }
        boolean finding = kind.equals("finding") || kind.equals("violation");
        if (finding || text.contains("protocol broken") || text.contains("signed another record")) {
            throw new InvariantBroken("protocol 9.3", party + " accuses somebody honest: " + text);
        }
    }
}
