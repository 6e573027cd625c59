package org.plainsong.core.epoch;

import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;

/**
 * What a setup rests on and what it came to, for whoever checks it afterwards (protocol §8).
 *
 * @param group the group
 * @param roster hash of the last roster entry
 * @param policy the group's
 * @param parties servers by number and all members that the roster lets take part
 * @param prev the last link before it
 * @param lastTimeMillis time of the last record before it, 0 for none
 * @param opening the opening record, whose signatures have been checked
 * @param signatures checks everything that the setup holds
 */
public record SetupGround(
        GroupId group,
        ByteString roster,
        Policy policy,
        Parties parties,
        RecordHash prev,
        long lastTimeMillis,
        Signed<OpeningRecord> opening,
        SignatureCheck signatures) {}
