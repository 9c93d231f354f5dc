using System.Globalization;
using System.Text;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.XgboostFormat;

/// <summary>
/// Writes XGBoost's JSON, version 1.7, which every later version reads: members in alphabetical order, no blanks. A
/// file of XGBoost 1.7 that is read and written again is the same file, byte for byte.
/// </summary>
internal static class ModelWriter
{
    public static byte[] Write(BoostedModel model)
    {
        var text = new StringBuilder(1 << 16);
        text.Append("{\"learner\":{\"attributes\":");
        Map(text, CategoryNames.AddTo(model.Attributes, model.Features));
        text.Append(",\"feature_names\":");
        Texts(text, model.NamesFeatures ? model.Features.Select(feature => feature.Name) : []);
        text.Append(",\"feature_types\":");
        Texts(text, model.FeatureTypes);
        var count = model.Trees.Count.ToString(CultureInfo.InvariantCulture);
        text.Append(",\"gradient_booster\":{\"model\":{\"gbtree_model_param\":{\"num_parallel_tree\":\"1\",\"num_trees\":\"")
            .Append(count).Append("\",\"size_leaf_vector\":\"0\"},\"tree_info\":[");
        text.AppendJoin(',', model.Trees.Select(_ => '0')).Append("],\"trees\":[");
        for (var i = 0; i < model.Trees.Count; i++)
        {
            text.Append(i == 0 ? "" : ",");
            WriteTree(text, model.Trees[i], i, model.Features.Count);
        }

        text.Append("]},\"name\":\"gbtree\"},\"learner_model_param\":{\"base_score\":\"")
            .Append(FloatText.Of(model.BaseScore))
            .Append("\",\"boost_from_average\":\"").Append(model.BoostsFromAverage ? '1' : '0')
            .Append("\",\"num_class\":\"0\",\"num_feature\":\"")
            .Append(model.Features.Count.ToString(CultureInfo.InvariantCulture))
            .Append("\",\"num_target\":\"1\"},\"objective\":{");
        WriteObjective(text, model.Objective);
        text.Append("}},\"version\":[1,7,4]}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void WriteObjective(StringBuilder text, Objective objective)
    {
        // Members are sorted: the name stands between the parameter groups before and after it.
        var groups = objective.Parameters
            .GroupBy(parameter => parameter.Key[..parameter.Key.IndexOf('/', StringComparison.Ordinal)], StringComparer.Ordinal)
            .Select(group => (group.Key, Write: new Action(() => Map(
                text, group.Select(pair => new KeyValuePair<string, string>(pair.Key[(group.Key.Length + 1)..], pair.Value))))))
            .Append(("name", () => Quote(text, objective.Name)))
            .OrderBy(member => member.Item1, StringComparer.Ordinal);
        var first = true;
        foreach (var (name, write) in groups)
        {
            text.Append(first ? "" : ",");
            first = false;
            Quote(text, name);
            text.Append(':');
            write();
        }
    }

    private static void WriteTree(StringBuilder text, Tree tree, int id, int width)
    {
        var count = tree.NodeCount;
        var categorical = Enumerable.Range(0, count).Where(node => tree.RightCategories[node] is not null).ToArray();
        var sizes = categorical.Select(node => tree.RightCategories[node]!.Length).ToArray();
        var segments = new int[sizes.Length];
        for (var i = 1; i < sizes.Length; i++)
        {
            segments[i] = segments[i - 1] + sizes[i - 1];
        }

        text.Append('{');
        Floats(text, "base_weights", tree.BaseWeight);
        Integers(text, "categories", categorical.SelectMany(node => tree.RightCategories[node]!));
        Integers(text, "categories_nodes", categorical);
        Integers(text, "categories_segments", segments);
        Integers(text, "categories_sizes", sizes);
        Integers(text, "default_left", tree.DefaultLeft.Select(left => left ? 1 : 0));
        text.Append("\"id\":").Append(id.ToString(CultureInfo.InvariantCulture)).Append(',');
        Integers(text, "left_children", tree.Left);
        Floats(text, "loss_changes", tree.LossChange);
        Integers(text, "parents", tree.Parent);
        Integers(text, "right_children", tree.Right);
        Floats(text, "split_conditions", tree.Condition);
        Integers(text, "split_indices", tree.Feature);
        Integers(text, "split_type", tree.RightCategories.Select(set => set is null ? 0 : 1));
        Floats(text, "sum_hessian", tree.SumHessian);
        text.Append(CultureInfo.InvariantCulture,
            $"\"tree_param\":{{\"num_deleted\":\"{tree.DeletedCount}\",\"num_feature\":\"{width}\",\"num_nodes\":\"{count}\",");
        text.Append("\"size_leaf_vector\":\"0\"}}");
    }

    private static void Floats(StringBuilder text, string name, float[] values) =>
        text.Append('"').Append(name).Append("\":[").AppendJoin(',', values.Select(FloatText.Of)).Append("],");

    private static void Integers(StringBuilder text, string name, IEnumerable<int> values) =>
        text.Append('"').Append(name).Append("\":[")
            .AppendJoin(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture))).Append("],");

    private static void Texts(StringBuilder text, IEnumerable<string> values)
    {
        text.Append('[');
        var first = true;
        foreach (var value in values)
        {
            text.Append(first ? "" : ",");
            first = false;
            Quote(text, value);
        }

        text.Append(']');
    }

    private static void Map(StringBuilder text, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        text.Append('{');
        var first = true;
        foreach (var (key, value) in pairs)
        {
            text.Append(first ? "" : ",");
            first = false;
            Quote(text, key);
            text.Append(':');
            Quote(text, value);
        }

        text.Append('}');
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            switch (character)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case < ' ':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
                    break;
                default:
                    text.Append(character);
                    break;
            }
        }

        text.Append('"');
    }
}
