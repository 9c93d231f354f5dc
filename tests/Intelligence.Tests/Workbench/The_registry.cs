using System.Text.Json;
using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.Registry;

namespace Platform.Tests.Intelligence.Workbench;

/// <summary>From a recipe to a version that serves, and back.</summary>
public sealed class The_registry : Verbs
{
    [Fact]
    public void A_recipe_becomes_a_version_that_two_people_let_serve_and_that_can_be_taken_back()
    {
        var first = Trained(until: 1_200, options: []);
        first.ShouldStartWith("v1-");
        Table("all.csv", 0, 2_400);
        string[] promote = ["promote", $"late-orders@{first}", "--csv", At("all.csv"), "--models", At("models"), "--by", "ana"];

        // one person is not enough, nor is one person twice.
        var alone = Call(promote);
        alone.Code.ShouldBe(1);
        alone.Error.ShouldContain("✗ two people");
        Call([.. promote, "--agreed-by", "Ana "]).Code.ShouldBe(1);
        File.Exists(At("models/registry.json")).ShouldBeFalse();

        var promoted = Call([.. promote, "--agreed-by", "ben"]);
        promoted.Code.ShouldBe(0, promoted.Error);
        var entry = Registry.Entry("late-orders").Value;
        entry.Champion.ShouldBe(first);
        entry.History[^1].By.ShouldBe("ana");
        entry.History[^1].AgreedBy.ShouldBe("ben");
        entry.History[^1].Gates!.Count.ShouldBe(4);
        entry.Pinned[first].Length.ShouldBe(64);

        // A running service sees the second promotion without a restart.
        var serving = new ServingChampion(Registry, "late-orders");
        serving.Current().Value.Version.ShouldBe(first);
        var second = Trained(until: 1_300, options: ["--seed", "9"]);
        second.ShouldStartWith("v2-");
        Registry.Promote(Registry.Find("late-orders", second).Value, "ana", "ben", [], DateTimeOffset.UnixEpoch).Error.ShouldBeNull();
        serving.Current().Value.Version.ShouldBe(second);

        Call("rollback", "late-orders", "--by", "ben", "--models", At("models")).Output.Trim().ShouldBe(first);
        serving.Current().Value.Version.ShouldBe(first);
        Call("rollback", "late-orders", "--by", "ben", "--models", At("models")).Code.ShouldBe(1);
    }

    [Fact]
    public void The_same_rows_and_recipe_are_the_same_version()
    {
        var first = Trained(until: 600, options: ["--threads", "1"]);
        Trained(until: 600, options: ["--threads", "2"]).ShouldBe(first);
        Directory.GetDirectories(At("models/late-orders")).Length.ShouldBe(1);
    }

    [Fact]
    public void A_version_that_is_no_better_does_not_serve()
    {
        var champion = Trained(until: 1_200, options: []);
        Registry.Promote(Registry.Find("late-orders", champion).Value, "ana", "ben", [], DateTimeOffset.UnixEpoch).Error.ShouldBeNull();

        // The same recipe over labels that say nothing.
        Table("all.csv", 0, 2_400);
        var lines = File.ReadAllLines(At("all.csv"));
        File.WriteAllLines(At("senseless.csv"), lines.Take(1).Concat(lines.Skip(1).Take(1_200).Select((line, i) =>
            i % 2 == 0 ? line.Replace(",yes,", ",no,", StringComparison.Ordinal) : line.Replace(",no,", ",yes,", StringComparison.Ordinal))));
        var worse = Version(Call("train", "late-orders", "--csv", At("senseless.csv"), "--models", At("models"), "--output", "json"));
        var refused = Call("promote", $"late-orders@{worse}", "--csv", At("all.csv"), "--models", At("models"), "--by", "ana", "--agreed-by", "ben");
        refused.Code.ShouldBe(1);
        refused.Error.ShouldContain($"✗ better than {champion}");
        Registry.Entry("late-orders").Value.Champion.ShouldBe(champion);

        var compared = Call("compare", $"late-orders@{champion}", $"late-orders@{worse}", "--csv", At("all.csv"), "--models", At("models"));
        compared.Output.ShouldContain($"{champion} is better");
    }

    [Fact]
    public void A_version_that_was_touched_is_not_believed_and_never_replaces_one_that_serves()
    {
        var good = Trained(until: 600, options: []);
        Registry.Promote(Registry.Find("late-orders", good).Value, "ana", "ben", [], DateTimeOffset.UnixEpoch).Error.ShouldBeNull();
        var serving = new ServingChampion(Registry, "late-orders");
        serving.Current().Value.Version.ShouldBe(good);

        // any file of the version, also one that scoring does not read.
        var bad = Trained(until: 700, options: []);
        File.AppendAllText(At($"models/late-orders/{bad}/MODEL_CARD.md"), "\nApproved by everybody.\n");
        Registry.Find("late-orders", bad).Error!.Message.ShouldContain("MODEL_CARD.md is not the file that was locked");
        var json = File.ReadAllText(At("models/registry.json"));
        File.WriteAllText(At("models/registry.json"), json.Replace($"\"champion\": \"{good}\"", $"\"champion\": \"{bad}\"", StringComparison.Ordinal));
        serving.Current().Value.Version.ShouldBe(good);
        serving.Fault.ShouldNotBeNull();

        // A lock that was written anew has another hash than the name and the pin.
        var path = At($"models/late-orders/{good}/data.lock.json");
        File.WriteAllText(path, File.ReadAllText(path) + " ");
        Registry.Find("late-orders", good).Error!.Message.ShouldContain("not the one it is named after");
    }

    [Fact]
    public void Many_writers_lose_no_entry()
    {
        Directory.CreateDirectory(At("models"));
        var version = new RegisteredVersion("m", "v1-0000000", "", "00", null!);
        var written = 0;
        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            Result<RegistryEntry> change;
            do
            {
                change = Registry.Challenge(version, "ana", DateTimeOffset.UnixEpoch);
            }
            while (change.Error is RegistryBusy);

            Interlocked.Increment(ref written);
        });
        Registry.Entry("m").Value.History.Count.ShouldBe(written);
        Directory.GetFiles(At("models")).ShouldBe([At("models/registry.json")]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"late-orders\": null}")]
    [InlineData("{\"late-orders\": {\"champion\": 7}}")]
    public void A_registry_that_is_none_is_refused(string content)
    {
        Directory.CreateDirectory(At("models"));
        File.WriteAllText(At("models/registry.json"), content);
        Registry.Entry("late-orders").Error.ShouldBeOfType<RegistryDamaged>();
        File.ReadAllText(At("models/registry.json")).ShouldBe(content);
    }

    [Fact]
    public void A_score_is_explained_and_versions_are_listed()
    {
        var version = Trained(until: 600, options: []);
        var explained = Call("explain", $"late-orders@{version}", "--csv", At("train.csv"), "--row", "3", "--models", At("models"), "--output", "json");
        explained.Code.ShouldBe(0, explained.Error);
        var json = JsonDocument.Parse(explained.Output).RootElement;
        var sum = json.GetProperty("bias").GetDouble()
            + json.GetProperty("reasons").EnumerateArray().Sum(reason => reason.GetProperty("contribution").GetDouble());
        sum.ShouldBe(json.GetProperty("margin").GetDouble(), 1e-5);
        Call("explain", $"late-orders@{version}", "--csv", At("train.csv"), "--case", "day=17", "--models", At("models")).Output.ShouldContain("kind");
        Call("explain", $"late-orders@{version}", "--csv", At("train.csv"), "--row", "9999", "--models", At("models")).Code.ShouldBe(1);
        Call("list", "--models", At("models")).Output.ShouldContain("late-orders");
        Call("card", $"late-orders@{version}", "--models", At("models")).Output.ShouldContain("# late-orders");
        Call("card", "late-orders@champion", "--models", At("models")).Code.ShouldBe(1);
    }

    [Fact]
    public void Champion_and_challenger_answer_side_by_side()
    {
        var first = Trained(until: 600, options: []);
        Registry.Promote(Registry.Find("late-orders", first).Value, "ana", "ben", [], DateTimeOffset.UnixEpoch).Error.ShouldBeNull();
        var second = Trained(until: 700, options: []);
        var shadow = Call("shadow", "late-orders", "--csv", At("train.csv"), "--challenger", second, "--by", "ana", "--models", At("models"), "--output", "json");
        shadow.Code.ShouldBe(0, shadow.Error);
        JsonDocument.Parse(shadow.Output).RootElement.GetProperty("share").GetDouble().ShouldBeGreaterThan(0.7);
        Registry.Entry("late-orders").Value.Challenger.ShouldBe(second);
        Registry.Entry("late-orders").Value.Champion.ShouldBe(first);
    }

    private ModelRegistry Registry => new(At("models"));

    private string Trained(int until, string[] options)
    {
        Directory.CreateDirectory(At("models/late-orders"));
        File.WriteAllText(At("models/late-orders/recipe.yaml"), Recipes_are_read_strictly.Sound);
        Table("train.csv", 0, until);
        return Version(Call(["train", "late-orders", "--csv", At("train.csv"), "--models", At("models"), "--output", "json", .. options]));
    }

    private static string Version((int Code, string Output, string Error) call)
    {
        call.Code.ShouldBe(0, call.Error);
        return JsonDocument.Parse(call.Output).RootElement.GetProperty("version").GetString()!;
    }
}
