"""The words that names are made of: titles, institutions, given names, places; and words that are none."""

from __future__ import annotations

TITLES = frozenset(
    """president prime minister foreign secretary state senator sen sen. rep rep. representative gov gov. governor general
    pres pres. gen gen. admiral colonel col col. ambassador chancellor king queen prince princess deputy vice first chairman
    chairwoman chair chief executive spokesman spokeswoman spokesperson mr mr. mrs mrs. ms ms. miss dr dr. sir lord lady
    dame prof prof. professor judge justice mayor congressman congresswoman sheriff officer captain lt lt. sgt sgt. rev
    rev. reverend pope bishop cardinal imam rabbi director attorney commissioner press speaker energy defense defence
    finance interior former then-president ex-president us u.s. russian american german french israeli british
    democratic republican party presidential candidate nominee gop democrat founder ceo manager campaign adviser
    advisor strategist analyst reporter economist police lawyer leader majority minority whip house
    senate white treasury assistant alderman councilman councilwoman councilmember assemblyman assemblywoman delegate under-secretary undersecretary interim acting senior lieutenant r d premier host
    президент министр премьер-министр глава пресс-секретарь депутат губернатор""".split()
)
INSTITUTIONS = frozenset(
    """ministry office department party council committee commission agency court university institute bank house senate
    congress parliament government police army force administration association union group company corporation inc
    inc. corp corp. foundation center centre campaign kremlin pentagon times post journal news press radio tv magazine
    herald tribune guardian reuters bloomberg nations service bureau board club league fund network coalition
    security statistics services affairs
    embassy school college hospital team staff guard chancellery chancery assembly duma cabinet pac cnn nbc abc cbs npr
    project program programme initiative institution agencies companies authority chamber caucus coalition alliance society
    federation trust fund studio studios airlines bank capital partners brothers street journal review daily weekly
    министерство мид кремль правительство""".split()
)
PARTICLES = frozenset("de del della di da van von der den la le el al bin ibn dos du ten ter".split())
NO_NAME = frozenset(
    """the a an this that these those he she they it i we you his her their our my its and but or so if when while as in on
    at by for from with to of after before since although though because not no yes what who why how where there here
    then now still yet also whether without like unlike beneath amid among along alongside above below behind between beyond given
    inside outside near within upon toward towards throughout whom whose whereas unless once instead perhaps indeed similarly
    shortly according asked many most some all both one two three i'm i've it's that's we're
    another other such neither either several former each every nor until despite during under over about more last next meanwhile however he's she's
    they're you're we've don't let maybe well even just only""".split()
)
MEN = frozenset(
    """james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald
    steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas
    eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick raymond jack
    dennis jerry tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy walter christian keith
    roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan
    alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip eugene barack
    ted marco jeb chris mike bernie tim vladimir sergei dmitry igor ivan andrei boris mitt newt rand ben bill bob jim
    tom rick lindsey harry mitch al pat ed greg steve jeff dan matt tony corey cory rudy reince gleb dorian emmanuel
    recep benjamin bibi mahmoud bashar xi narendra justin nigel joel hugh martin simon ian robby jake david sam
    chuck ron josh howard jon rob tad colin carlos glenn alex ken craig don jimmy omar bret fred stuart nate karl todd geoff
    brett oliver rupert pete marc jay rahm duncan clarence antonin merrick gene calvin barry charlie neil leon luis trey
    phil johnny tommy sammy danny kurt barney ernie oscar malcolm gavin evan leo brad garry victor gilbert hank earl
    allan harvey irving louis eddie mikhail eli arturo miguel zach dave stan lance sidney herman francois viktor norbert
    ray milton edgar sheldon terrence vikram hakeem freddy freddie monte reggie russ wes wesley darrell darren derek devin
    dwight edwin ernest felix felipe floyd frederick geoffrey gerard hector herb herbert hubert isaac jared javier jerome
    jorge julian julio leonard leroy lloyd lou lucas luke manuel marcus mario marvin maurice max melvin micah mickey nick
    norman pablo pedro quentin rafael ramon randall ricardo ricky rodney roland ronnie rudolph sebastian seth shane stanley
    stefan theodore toby travis trevor vernon abraham ahmed ali alfred alvin andre andy antonio archie arnold avi benny
    bernard brent byron cecil cesar clifford clint clyde conor connor dominic doug dustin eduardo enrique ernesto ezra
    fernando francisco giovanni guillermo gus hassan ibrahim jamal jeffery jermaine jonah jonas josef khalid klaus lorenzo
    malik marcel mohamed mohammed muhammad mustafa nathaniel ned osama otto pierre raul ruben roberto sergio tariq vince
    yusuf khizr humayun
    владимир сергей дмитрий игорь иван андрей борис александр алексей михаил николай""".split()
)
WOMEN = frozenset(
    """mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley
    kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen
    amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet
    catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith
    megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail
    alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany
    charlotte marie kayla alexis lori hillary ivanka melania carly kellyanne elena ekaterina larisa ilse maren wilma
    tatiana olga natalia svetlana irina marina ursula theresa condoleezza nikki jill tammy kate katie claire sally
    loretta debbie maggie madeleine jane dianne jenna maya tina shannon caroline candace sonia renee mona elise charlene
    michele liz joni betsy bette norah heidi gina bonnie paula phyllis juanita bridget claudia angie norma jackie carrie
    marsha cecelia carole gabriela lolita patti gennifer kylie kelsey meg candice pam caitlyn marian greta neera arianna
    juliet lindsay lynn lynne beth becky cathy celeste cindy clara colleen connie courtney daphne darlene dena dina dolores
    dominique doreen edith eileen elaine eleanor elisabeth eliza ella elsa erica erika erin esther eva fatima felicia fiona
    gail geraldine gertrude ghazala gwen harriet helena hilary holly ida ingrid irene isabel jana janine jeanne jeanette
    jenny joann joanna joanne jodi josephine kara karin kathy kellie kirsten krista kristin kristi lana lara laurie leah
    lillian lois lorraine louise lucia lucille lucy lydia mabel mandy marcia margarita marguerite marianne marjorie
    marlene maryanne maureen maxine melinda mildred mimi miranda miriam molly myra nadia naomi natasha nina nora paige
    patty paulina peggy petra phoebe polly priscilla rachael ramona raquel rhonda rita roberta rosa rosalind rosemary
    roxanne sabrina selena serena sheila sherry sheryl silvia simone sofia sonya stacey stacy stella suzanne sylvia tamara
    tanya tara thelma tiffany trudy valerie vanessa vera veronica vicki vivian wanda yolanda yvette yvonne zoe aisha amal
    anita anne annette annie antoinette audrey bernadette bertha bethany brooke camille carla carmen chloe clare debra
    gabrielle jocelyn katrina lena leticia marissa matilda meredith mia monique nadine rebekah rosie shelley soledad toni
    winifred zainab
    susana monica chelsea huma megyn ellen wendy jen kristen dana анна мария елена ольга татьяна наталья светлана""".split()
)
GIVEN = MEN | WOMEN
OFFICES = frozenset(
    """sen. rep. gov. pres. senator representative governor president secretary chairman chairwoman director ceo mayor
    spokesman spokeswoman spokesperson general congressman congresswoman ambassador minister manager adviser advisor
    strategist leader premier chancellor commissioner sheriff alderman councilman councilwoman councilmember assemblyman assemblywoman delegate host columnist correspondent counsel attorney
    judge justice professor reporter economist officer speaker
    pastor bishop rabbi coach analyst pollster historian actor actress singer author comedian activist moderator co-moderator co-host anchor co-founder""".split()
)
"""Titles that part a name from the place or body before it."""
PARTIES = frozenset("republican democrat republicans democrats conservative independent".split())
BODIES = frozenset(
    """bureau department ministry university bank board council center centre institute office commission committee
    association federation college court chamber society academy secretary-general league organization centers centres club
    division agency authority administration coalition alliance union conference foundation""".split()
)
"""What a name with `of` or `for` begins with: the Bureau of Labor Statistics."""
NEVER_FIRST = frozenset(
    """new north south west east northern southern western eastern central san santa los las saint st. fort port lake mount
    united great upper lower white wall silicon capitol white supreme twitter facebook youtube google super middle morning national
    federal international congressional democratic republican conservative liberal planned judicial economic business
    primary associated islamic muslim jewish american african asian arab european german russian french british chinese turkish
    syrian iraqi iranian israeli mexican cuban indian texas florida ohio iowa california arizona nevada wisconsin michigan
    massachusetts illinois pennsylvania colorado oregon alabama lgbt politico cnn nbc abc cbs msnbc npr""".split()
)
"""What no person's name begins with: New Jersey, San Diego, Wall Street, Islamic State."""
PLACE_ENDS = frozenset(
    """city county street avenue valley island islands river beach park hill hills springs heights square
    states carolina dakota hampshire jersey york mexico virginia columbia orleans angeles vegas francisco diego
    korea africa america asia europe arabia zealand kingdom rights act day days week award awards prize tower towers hotel
    amendment debate convention primary election caucuses war games super tuesday christmas christmas""".split()
)
"""What no person's name ends with: Salt Lake City, Voting Rights Act."""
NEVER_ALONE = frozenset(
    "jordan christian austin virginia victoria charlotte madison will grant mark pat al rand chase".split()
)
"""Given names that, alone, are as often a place or a common word."""
