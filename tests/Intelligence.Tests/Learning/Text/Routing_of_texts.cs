using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Text;

namespace Platform.Tests.Intelligence.Learning.Text;

public sealed class Routing_of_texts
{
    private static readonly Dictionary<string, string[]> Phrases = new(StringComparer.Ordinal)
    {
        ["damage"] = ["box crushed", "pallet was wet", "broken seal on arrival", "carton torn open"],
        ["shortage"] = ["two units missing", "received less than ordered", "quantity short on line", "half the pallet absent"],
        ["price"] = ["invoice price differs", "wrong unit cost", "charged more than agreed", "discount not applied"],
    };

    private static readonly string[] Noise = ["please check", "supplier called", "dock four", "see picture", "urgent", "thanks", "order late too"];

    [Fact]
    public void It_routes_what_it_knows_and_abstains_where_it_would_guess()
    {
        var router = TextRouter.Fit(Examples(600, seed: 1), seed: 3);
        var share = router.Promise(Examples(300, seed: 2), accuracy: 0.95);
        share.ShouldBeGreaterThan(0.6);
        router.Route("the box is crushed and the carton torn open").Class.ShouldBe("damage");
        router.Route("the invoice price differs from the agreed unit cost").Class.ShouldBe("price");

        var test = Examples(400, seed: 4);
        var routed = test.Where(example => router.Route(example.Text).Class is not null).ToArray();
        (routed.Count(example => router.Route(example.Text).Class == example.Class) / (double)routed.Length).ShouldBeGreaterThan(0.9);
        router.Route("zzz qqq").Class.ShouldBeNull();
    }

    [Fact]
    public void One_seed_gives_one_router()
    {
        var first = TextRouter.Fit(Examples(200, seed: 1), seed: 3).Route("box crushed");
        TextRouter.Fit(Examples(200, seed: 1), seed: 3).Route("box crushed").ShouldBe(first);
    }

    [Fact]
    public void A_promise_that_cannot_be_kept_sends_everything_to_a_person()
    {
        var router = TextRouter.Fit(Examples(60, seed: 1), seed: 3);
        (string Text, string Class)[] contradictory = [("box crushed", "price"), ("box crushed", "shortage")];
        router.Promise(contradictory, accuracy: 0.99).ShouldBe(0);
        router.Route("box crushed").Class.ShouldBeNull();
    }

    private static (string Text, string Class)[] Examples(int count, ulong seed)
    {
        var draws = new Draws(seed);
        string[] classes = [.. Phrases.Keys];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var label = classes[draws.NextBelow(3)];
            // One in ten says nothing of its class.
            var core = draws.NextBelow(10) == 0 ? Noise[draws.NextBelow(7)] : Phrases[label][draws.NextBelow(4)];
            return ($"{Noise[draws.NextBelow(7)]} {core} {Noise[draws.NextBelow(7)]}", label);
        })];
    }
}
