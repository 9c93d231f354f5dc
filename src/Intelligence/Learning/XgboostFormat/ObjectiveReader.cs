using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.XgboostFormat;

/// <summary>Knows the objectives with one output, their link, and keeps their parameters in the file's words.</summary>
internal static class ObjectiveReader
{
    private static readonly Dictionary<string, Link> Links = new(StringComparer.Ordinal)
    {
        ["binary:logistic"] = Link.Logistic,
        ["reg:logistic"] = Link.Logistic,
        ["reg:squarederror"] = Link.Identity,
        ["reg:linear"] = Link.Identity,
        ["reg:absoluteerror"] = Link.Identity,
        ["reg:pseudohubererror"] = Link.Identity,
        ["reg:quantileerror"] = Link.Identity,
        ["reg:squaredlogerror"] = Link.Identity,
        ["rank:pairwise"] = Link.Identity,
        ["rank:ndcg"] = Link.Identity,
        ["rank:map"] = Link.Identity,
        ["count:poisson"] = Link.Exponential,
        ["reg:gamma"] = Link.Exponential,
        ["reg:tweedie"] = Link.Exponential,
        ["survival:aft"] = Link.Exponential,
    };

    public static Objective Read(JsonPath path)
    {
        var name = path["name"].Text();
        if (!Links.TryGetValue(name, out var link))
        {
            throw new FormatRefused($"the objective {JsonPath.Shorten(name)} is not known here");
        }

        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var group in path.Members().Keys.Where(key => key != "name").Order(StringComparer.Ordinal))
        {
            foreach (var key in path[group].Members().Keys.Order(StringComparer.Ordinal))
            {
                parameters.Add(new($"{group}/{key}", path[group][key].Text()));
            }
        }

        return new Objective(name, link, parameters);
    }
}
