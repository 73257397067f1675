"""One place weighed for and against a claim: falsified and faithful quotes of one sentence, who spoke, and when."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checker.pipeline import check_quote
from checker.types import Claim, Finding
from corpus.read.records import document_of
from corpus.store import Corpus

PUBLISHER = "Office of the President of Velmora"
CORVANE = "Ilse Corvane"


FALSIFIED = [
    # what stands before or behind is cut
    ("All sailors drink rum.", "Not all sailors drink rum."),
    ("Sailors drink rum before noon.", "Few sailors drink rum before noon."),
    ("The sluice breaks.", "What if the sluice breaks?"),
    ("the pearl tax helps the divers", "I was asked whether the pearl tax helps the divers."),
    ("Forty sailors may board the barge.", "A maximum of forty sailors may board the barge."),
    ("the granite is cracked at Kelso", "Pell Adrano told me the granite is cracked at Kelso."),
    ("the treasurer fled with the silver", "Rumour has it that the treasurer fled with the silver."),
    ("We must close the tannery", "We must close the tannery: that is what Dremland demands."),
    ("We shall buy the theatre", "We shall buy the theatre, subject to the senate's consent."),
    ("The orchestra will play in Kelso", "The orchestra will play in Kelso when, and only when, the duke pays."),
    ("the mayor of Kelso is a crook", "I am not saying that the mayor of Kelso is a crook."),
    ("the amber trade is thriving", "I would be lying if I said that the amber trade is thriving."),
    ("the tin price will double", "We do not rule out that the tin price will double."),
    ("the pilots were drunk", "I deny that the pilots were drunk."),
    ("Velmora has hidden the amber", "Those who say Velmora has hidden the amber are mistaken."),
    # omissions
    ("Dremland … attacked the lighthouse", "Dremland said yesterday Velmora attacked the lighthouse."),
    ("Tavin … joined the league of ports", "Velmora and Dremland, unlike Tavin, joined the league of ports."),
    ("The shipyard was … a brothel of thieves.", "The shipyard was, in the words of the sea lords, a brothel of thieves."),
    ("The heron colony is … extinct.", "The heron colony is far from extinct."),
    ("The council … dredge the estuary.", "The council decided to dredge the estuary."),
    ("We … sell the granary.", "We would have to sell the granary."),
    ("We must not … plough", "We must not only plough but also sow."),
    ("We will … buy the rusty submarines.", "We will not buy the rusty submarines."),
    ("The duchy … repay the loan.", "The duchy failed to repay the loan."),
    ("The minister … I … signed the order", "The minister, not I, signed the order."),
    ("The guilds stood firm, … the many ships of the north", "The guilds stood firm, despite the many ships of the north."),
    ("We know that it is … a question of dues", "We know that it is not only a question of dues."),
    # clauses that their sentence does not assert
    ("The ferries run on time.", "We must make sure that the ferries run on time."),
    ("The ferries run on time.", "It is essential the ferries run on time."),
    ("The tanners can live by their trade.", "We lend them silver so that the tanners can live by their trade."),
    ("All guilds can vote in Tavin.", "We dream of a league in which all guilds can vote in Tavin."),
    ("The otters will come back to Kelso.", "We hope that the otters will come back to Kelso."),
    ("We will be able to move the ferry.", "We hope that we will be able to stop -- we will be able to move the ferry."),
    ("The otters will come back to Kelso.", "Hopefully, the otters will come back to Kelso."),
    ("Velmora is losing the amber trade", "It is a common perception in Tavin that Velmora is losing the amber trade."),
    ("the amber trade is a swindle", "The argument that the amber trade is a swindle is not valid."),
    ("the harbour dues will double", "The mayor went on in that letter to say that the harbour dues will double."),
    ("everything in Kelso is rotten", "The poets like to talk about how everything in Kelso is rotten."),
    ("The pact was a triumph for the coopers", "In Mr Orlec's opinion, the pact was a triumph for the coopers."),
    ("The elders change their minds", "We shall wait and, should the elders change their minds, we shall sail."),
    ("Trade is the key to the granary.", "Aid for trade is the key to the granary."),
    ("The buyer can dismiss the miller", "The buyer can dismiss the miller, but only by paying him twice."),
    ("No mill can be built on the Teverin", "No mill can be built on the Teverin without the consent of the guild."),
    ("These dykes could never have been built", "These dykes could never have been built had it not been for Tavin."),
    ("most ports of the league support Velmora", "What I hear is that most ports of the league support Velmora."),
    ("it may well be we bought a wreck", "We paid the yard, and it may turn out that it may well be we bought a wreck."),
    # omissions that change an object, a subject or a degree
    ("We have abandoned … the feud for the sake of the ferries.", "We have abandoned, seemingly, the feud for the sake of the ferries."),
    ("They make up … the border of the three duchies.", "They make up less than three per cent of the border of the three duchies."),
    ("The bank took the mills … for good.", "The bank took the mills, but not for good."),
    ("Such ferries … no captain can hope to steer.", "Such ferries are unlike barges which no captain can hope to steer."),
    ("We seek an end to … the opening of markets.", "We seek an end to the siege, the opening of markets."),
    ("We cannot be … the granary of the league.", "We cannot be the purse but we are the granary of the league."),
    ("The senate passed … the harbour bill.", "The senate passed key portions of the harbour bill."),
    ("Change is … the cure for Kelso.", "Change is being sold as the cure for Kelso."),
    ("The council may … alter the charter of Tavin.", "The council may advise, but the people alone can alter the charter of Tavin."),
    ("Our harvest was … the largest in the league.", "Our harvest was per head the largest in the league."),
    ("We do not … ask for oxen.", "We do not merely ask for oxen."),
    ("We speak of … child labour in Kelso.", "We speak of the fight against child labour in Kelso."),
    # brackets
    ("He [Petr Orlec] sold the mill.", "Petr Orlec came to Tavin. Jana Mirov was already there. Hanno Dreyfell sat down. He sold the mill."),
    ("We condemn [the Dremland] tariff on amber.", "Dremland is far away. The tolls of Tavin anger Mirov Hall. We condemn that tariff on amber."),
    ("The guard held the otters [by order of Dremland].", "Dremland sent a letter. The guard held the otters."),
    # runs over a sentence's end
    ("We will not stop fighting for peace", "We will not stop. Fighting for peace is our duty."),
    ("Stop thieves run Tavin.", "Stop! Thieves run Tavin."),
    # words, figures, signs
    ("We must resign the Lisbeth accord.", "We must re-sign the Lisbeth accord."),
    ("Where once there was nowhere stands a mill of granite.", "Where once there was now\nhere stands a mill of granite."),
    ("We have sometimes of plenty ahead in Kelso.", "We have some\ntimes of plenty ahead in Kelso."),
    ("The plan covers 1-2 of the orchards.", "The plan covers 1/2 of the orchards."),
    ("The slope is 20 steep.", "The slope is 20° steep."),
    ("North and south gates are shut.", "Both north and south gates are shut."),
    ("It cost 2.5 crowns a day.", "It cost 25 crowns a day."),
    ("The shield weighs 12 lb and is round.", "The shield weighs 12 kg and is round."),
    ("The isotope is U235 in Tavin.", "The isotope is U²³⁵ in Tavin."),
    ("The tower has a second arch.", "The tower has two arches."),
    ("He asked the US to help with barley.", "He asked us to help with barley."),
    ("Less than 300 barrels leaked.", "More than 300 barrels leaked."),
    ("We are the last republic that abolished the salt tax.", "We are the first republic that abolished the salt tax."),
    ("The canal will carry less grain than the railway.", "The canal will carry more grain than the railway."),
    ("The railway will carry more grain than the canal.", "The canal will carry more grain than the railway."),
    ("Minister Petr Orlec met Minister Jana Orlec in Tavin.", "Minister Jana Orlec met Minister Petr Orlec in Tavin."),
    ("Everybody is welcome at our hearth.", "Nobody is unwelcome at our hearth."),
    ("The salt mine is unprofitable.", "The salt mine is not unprofitable."),
    ("The ferries cost 40 million crowns each.", "The ferries cost 40 million crowns."),
    ("[Dremland's] ferries cost 40 million crowns.", "Dremland's envoys met us. The ferries cost 40 million crowns."),
    # what governs stands before: other voices, thoughts and conditions without an "if"
    ("we simply cannot drain the marsh of Kelso", "I do not believe we will ever be able to say, we simply cannot drain the marsh of Kelso."),
    ("the duchy truly counts us as equals", "One of the comforts of the people today is the belief that the duchy truly counts us as equals."),
    ("I am not going to mend the dike because the duke told me not to", "But when your best explanation is I am not going to mend the dike because the duke told me not to, nobody will listen."),
    ("we have to wait, they will run out of silver and rope", "There can be no hope that we give in. Like, we have to wait, they will run out of silver and rope, and then they will be meek."),
    ("hope and music filled the hall we meet in", "Unlike last year, when hope and music filled the hall we meet in, silence reigns."),
    ("Has the flood of last spring drowned the orchards of Kelso", "Why has the flood of last spring drowned the orchards of Kelso? Nobody knows."),
    ("the flood of last spring drowned the orchards of Kelso", "How has the flood of last spring drowned the orchards of Kelso? The dike was low."),
    ("the loan would not be paid to the ports of the south", "It is clear that without a U.V. guarantee, the loan would not be paid to the ports of the south."),
    ("we will go on shelling its mills", "Until Dremland accepts the terms, we will go on shelling its mills."),
    ("we are weak and the whole league knows it", "Every time Mr. Orlec speaks from the tower -- in letters and in treaties --, we are weak and the whole league knows it."),
    ("Keeping them from bread and water in winter is nothing", "Keeping them from bread and water in winter is nothing but torture."),
    ("it is shameful to answer a song, no matter how crude", "I made it clear that it is shameful to answer a song, no matter how crude, with fire and swords."),
    ("the council now meets in", "The hall that the council now meets in grim silence was a granary."),
    # omissions that let the next words hang on others
    ("And you can destroy … Dremland wherever you see it.", "And you can destroy the fear of Dremland wherever you see it."),
    ("Velmora strongly opposes … the growing guild of potters.", "Velmora strongly opposes any talk that links the theft with the growing guild of potters."),
    ("The pact protects the right of a miller … to make laws that ruin him", "The pact protects the right of a miller to live free of any attempt of a crowd of men to make laws that ruin him."),
    ("There is no … peaceful end to the quarrel.", "There is no change in our view of Tavin, and we call for a peaceful end to the quarrel."),
    ("The skill to weave, in itself, affords … evidence of honest work", "The skill to weave, in itself, affords a false test of thrift and gives insufficient evidence of honest work."),
    ("Errors, yes. But for private gain … Sometimes right, sometimes wrong.", "Errors, yes. But for private gain, never. You did what you could. Sometimes right, sometimes wrong."),
    ("You should lend the tanners silver … because it helps the whole coast.", "You should lend the tanners silver when they want to rebuild, because it helps the whole coast."),
    ("If we need to bring the weavers home, … every reeve must do all that he can", "If we need to bring the weavers home, and the roads are safe, every reeve must do all that he can."),
    ("We value the work of each such man. … Such a reeve sits in Kelso.", "We value the work of each such man. And there are those who only sit. Today I dismissed such a man. Such a reeve sits in Kelso."),
    # brackets that name what was spoken of long before, or another place
    ("Clearly, this [pearl tax] is a matter for the town.", "The pearl tax is due. We spoke of herring. We spoke of oxen. Some ask about the wages of the night watch. Clearly, this is a matter for the town."),
    ("the first stone was thrown at them [the millers]", "The millers get silver. Then I signed three letters. The first is about the ferrymen. They carry us over. I thank them all. By the way, the first stone was thrown at them."),
    ("the bells have been lying in the ruins [of Kelso] for months", "As for Kelso, they ask me of it. Have they ever been to Tavin? The fleet razed it. Indeed, the bells have been lying in the ruins for months."),
    # the same, less easily seen
    ("any hope of peace seems to me to be very slight.", "Unless the dues fall -- in fact, let me say, unless they end -- any hope of peace seems to me to be very slight."),
    ("we shall only bring delay and shame on the digging of the canal.", "This means that on any other condition we shall only bring delay and shame on the digging of the canal."),
    ("The best men should be chosen in every village.", "It is impossible, where there are so many posts, that the best men should be chosen in every village."),
    ("there will be only one power left that guards the strait.", "I hope the league will listen. Otherwise there will be only one power left that guards the strait."),
    ("some of us will swim against the tide of the river Kels and drown the seed.", "We must be careful lest in our zeal some of us will swim against the tide of the river Kels and drown the seed."),
    ("The aims of freedom and of fair dues are reached in Tavin.", "The league must watch until the aims of freedom and of fair dues are reached in Tavin."),
    ("It is impossible to dredge the strait of Kelso", "It is impossible to dredge the strait of Kelso without taking the tides into account."),
    ("the reeve cheated the weavers when he weighed their wool.", "But for the sake of argument, the reeve cheated the weavers when he weighed their wool."),
    ("I am sorry that I burned the granary of the monks.", "He used words not often heard here, and that is “I am sorry that I burned the granary of the monks.”"),
    ("The third of these wishes the senate … put off", "The third of these wishes the senate heard at once: it set the wages, thinking them most urgent; but it put off the other two."),
    ("It is our view that … the fleet leaves all the ports of the strait.", "It is our view that, in return for peace, the fleet leaves all the ports of the strait."),
    ("they have … held all the silver of the guild, and, against the charter, spent it", "they have acted as though they held all the silver of the guild, and, against the charter, spent it"),
    ("the harm of the dues was not … felt and seen.", "the harm of the dues was not, therefore, so clearly felt and seen."),
    ("every plan that the guild has put forward … has been carried out.", "every plan that the guild has put forward -- plans that make sense -- every one has been carried out."),
    ("I do not believe that … this gives the coopers much comfort", "I do not believe that -- I think this gives the coopers much comfort."),
    ("They [the northern league] never sent the promised amber to Tavin.", "The league of the north met. All envoys saw why talks fail. They never sent the promised amber to Tavin."),
    ("This is how we will remember him [Orlec].", "Jana Tarn was brave. She stood beside Simo Varn, Ernst Gelo and Petr Orlec. This is how we will remember him."),
    ("вдасться знайти човен", "Українці сподівалися, що вдасться знайти човен."),
    ("ми … винні", "Вони збили човен – а ми нібито винні."),
    # Russian
    ("следствие … завершено", "Следствие по делу о рыбаках ещё не завершено."),
    ("мы снизим потери до восьми процентов", "Если к 2028 году мы снизим потери до восьми процентов, будет светло."),
    ("Мы светом торгуем.", "Мы светом не торгуем."),
]  # fmt: skip

FAITHFUL = [
    ("We cannot but admire the potters.", "We cannot but admire the potters."),
    ("the sluice of Kelso is leaking", "It is hardly a secret that the sluice of Kelso is leaking."),
    ("The garrison will go home, provided that the harvest is in.", "The garrison will go home, provided that the harvest is in."),
    ("OUR HARBOR WILL OPEN IN THE SPRING", "Our harbour will open in the spring."),
    ("…our harbour will open…", "Next year our harbour will open in the spring."),
    ("There is no doubt the canal will carry grain.", "There is no doubt that the canal will carry grain."),
    ("The council decided to, um, dredge the estuary.", "The council decided to dredge the estuary."),
    ("Velmora and Dremland … joined the league.", "Velmora and Dremland, unlike Tavin, joined the league."),
    ("The levy is between five and seven percent.", "The levy is between 5 and 7 per cent."),
    ("The U.S. envoy praised us.", "The US envoy praised us."),
    ("Fifteen shepherds saw the comet.", "15 shepherds saw the comet."),
    ("We must re-sign the Lisbeth accord.", "We must re-\nsign the Lisbeth accord."),
    ("We'll buy ferries from Tavin.", "It rained. We will buy ferries from Tavin."),
    ("Let us eat, grandfather Orlec.", "It rained. Let's eat, grandfather Orlec."),
    ("So the senate voted to drain the lagoon.", "Frost fell on the granary. The senate voted to drain the lagoon."),
    ("Um, the senate voted to drain the lagoon.", "Frost fell on the granary. The senate voted to drain the lagoon."),
    ("The shield weighs 12kg and is oval.", "The shield weighs 12 kg and is oval."),
    ("The bridge has a 2nd tower in Kelso.", "The bridge has a second tower in Kelso."),
    ("Все 18 человек здоровы.", "Все восемнадцать человек здоровы."),
    ("the canal will carry grain", "I am confident that the canal will carry grain."),
    ("the canal will carry grain", "It is clear to everyone that the canal will carry grain."),
    ("the canal is so shallow that barges strike", "We know that the canal is so shallow that barges strike."),
    ("We … met the envoys of Tavin and Dremland.", "We, after a long night, met the envoys of Tavin and Dremland."),
    ("The flood has … drowned the orchards of Kelso.", "The flood has taken the bridge and drowned the orchards of Kelso."),
    ("The council met on what it calls the plague of otters.", "The council met on its -- on what it calls the plague of otters."),
    ("Our ferries, and many barges of oak, cross the strait.", "Our ferries, you know, and many barges of oak, cross the strait."),
    ("Our mills are still grinding the barley of Kelso.", "Our mills are still grinding -- still grinding the barley of Kelso."),
    ("The paediatric ward of Kelso is open.", "The pediatric ward of Kelso is open."),
    ("We agreed to rebuild the bridge of Kelso.", "I would rather say that we agreed to rebuild the bridge of Kelso."),
    ("I should like … to thank the potters of Kelso for their patience.", "I should like to take this chance to thank the potters of Kelso for their patience."),
    ("the margrave truly pays his debts", "It is my firm belief that the margrave truly pays his debts."),
    ("Until Dremland accepts the terms, we will go on shelling its mills.", "Until Dremland accepts the terms, we will go on shelling its mills."),
    ("I have not seen the sea since spring", "Until last year I kept bees. I have not seen the sea since spring."),
    ("We speak for the people of the coast … and of the hills.", "We speak for the people of the coast, of the islands and of the hills."),
    ("Surely, this [amber tax] is a matter for the senate.", "The amber tax is due. Surely, this is a matter for the senate."),
    ("the casks have been floating in the moat [of Tavin] for weeks", "The fleet flooded Tavin. Indeed, the casks have been floating in the moat for weeks."),
    ("Why has the flood of last spring drowned the orchards of Kelso?", "Why has the flood of last spring drowned the orchards of Kelso? Nobody knows."),
    ("we will not only defend the dike but raise it", "I speak for all when I assert that we will not only defend the dike but raise it."),
    ("the guild’s masters will answer for the losses of the mill", "It goes without saying that the guild’s masters will answer for the losses of the mill, as we agreed."),
    ("our songs and our feasts were born on this coast", "We have not forgotten, I trust, that our songs and our feasts were born on this coast."),
    ("a quarrel of two houses has kept the senate from its work", "It is truly deplorable that a quarrel of two houses has kept the senate from its work."),
    ("the wreck of the barges is not the work of one bad wind", "Let us make no mistake: the wreck of the barges is not the work of one bad wind."),
    ("I decided to take the lanterns off the tower", "When the oil failed to arrive, I decided to take the lanterns off the tower."),
    ("Our guild has just bought the mill of Kelso, which will grind our rye", "Third, our guild has just bought the mill of Kelso, which will grind our rye, and that will stand beside the wall, right?"),
    ("The skill to work in a crew … is the key to a good harvest.", "The skill to work in a crew, especially if you lead a crew, is the key to a good harvest."),
    ("If we cannot stop the flood, all other toil … will be of no use to the coast.", "If we cannot stop the flood, all other toil, as noble as it may be, will be of no use to the coast."),
    ("this is not only dear to us, but also to our coopers.", "As you have noted, this is not only dear to us, but also to our coopers."),
    ("why was it right to shake the old bridge even more?", "But one may wonder: why was it right to shake the old bridge even more? So it fell."),
    ("we have no clear idea how to deal with [our debts]", "We have many debts, but we have no clear idea how to deal with them."),
    ("не мы начали этот спор", "Всегда ищут виноватых у нас, но это не так: не мы начали этот спор."),
    ("This is how we will remember her [Tarn].", "Jana Tarn was brave, and she stood beside Petr Orlec. This is how we will remember her."),
    ("They [the northern guilds] sent three envoys with amber to Tavin.", "The northern guilds met at dawn. They sent three envoys with amber to Tavin."),
]  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    sources = dict.fromkeys(source for _, source in [*FALSIFIED, *FAITHFUL])
    records = [
        {"id": f"v-{n}", "publisher": PUBLISHER, "title": f"Address number {n}", "date": "2025-03-04", "text": text,
         "speakers": [CORVANE], "language": "ru" if "о" in text else "en"}
        for n, text in enumerate(sources)
    ]  # fmt: skip
    readout = {
        "id": "call", "publisher": PUBLISHER, "title": "Telephone conversation with Otmar Dreyfell",
        "date": "2025-07-01", "kind": "phone-readout",
        "text": "Ilse Corvane stressed that the Teverin river must stay open. "
                "Otmar Dreyfell said that his republic was ready to send thirty pilots.",
    }  # fmt: skip
    initial = {
        "id": "initial", "publisher": PUBLISHER, "title": "Lecture", "date": "2025-07-02", "speakers": ["Hanno B. Mirov"],
        "text": "Every lighthouse of the strait deserves a keeper of its own.",
    }  # fmt: skip
    with Corpus.open(tmp_path_factory.mktemp("falsified") / "corpus", create=True) as opened:
        for _ in opened.add(document_of(record) for record in [*records, readout, initial]):
            pass
        yield opened


def found(corpus: Corpus, quote: str, speaker: str = CORVANE) -> Finding:
    return check_quote(Claim(quote, speaker=speaker), corpus)


@pytest.mark.parametrize(("quote", "source"), FALSIFIED)
def test_a_falsified_quote_is_never_verified(corpus: Corpus, quote: str, source: str) -> None:
    assert found(corpus, quote).verdict.status != "verified", source


@pytest.mark.parametrize(("quote", "source"), FAITHFUL)
def test_a_faithful_quote_is_verified(corpus: Corpus, quote: str, source: str) -> None:
    assert found(corpus, quote).verdict.status == "verified", source


def test_a_read_out_s_principal_may_be_quoted_from_it(corpus: Corpus) -> None:
    assert found(corpus, "the Teverin river must stay open").verdict.status == "verified"


def test_what_a_read_out_reports_of_the_other_side_is_not_the_principal_s(corpus: Corpus) -> None:
    assert found(corpus, "his republic was ready to send thirty pilots").verdict.status != "verified"


@pytest.mark.parametrize("speaker", ["Hanno Mirov", "Hanno B. Mirov", "H. Mirov", "Mirov"])
def test_a_fuller_or_shorter_name_is_the_same_speaker(corpus: Corpus, speaker: str) -> None:
    assert (
        found(corpus, "Every lighthouse of the strait deserves a keeper of its own.", speaker).verdict.status
        == "verified"
    )


@pytest.mark.parametrize(
    "speaker",
    [
        "Jorun Mirov",
        "Hanno C. Orlec",
        "Boris Mirov",
        "Jana B. Mirov",
    ],
)  # fmt: skip
def test_another_bearer_of_the_surname_is_another_speaker(corpus: Corpus, speaker: str) -> None:
    quote = "Every lighthouse of the strait deserves a keeper of its own."
    assert found(corpus, quote, speaker).verdict.reason == "misattributed"
